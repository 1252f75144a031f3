import type { SessionNote } from "../../../vitals/facts";

const SECONDS_PER_MINUTE = 60;
const MINUTES_PER_HOUR = 60;

/** Who a session is, as values of a text. */
export const whoOf = ({ pid, user, application }: SessionNote) => ({
  // Text, because a number would be printed with spaces between its thousands.
  pid: String(pid),
  user: user ?? "?",
  application,
  named: application === "" ? "no" : "yes",
});

/** A time as a whole number of a unit that it fills a few times, so that its text stands for a while. */
export function roughly(seconds: number): { readonly amount: number; readonly unit: "minutes" | "hours" } {
  const minutes = Math.floor(seconds / SECONDS_PER_MINUTE);
  if (minutes < 2 * MINUTES_PER_HOUR) return { amount: minutes, unit: "minutes" };
  return { amount: Math.floor(minutes / MINUTES_PER_HOUR), unit: "hours" };
}
