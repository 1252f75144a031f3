import { sized } from "../preflight/checks/amounts";

/** Amounts as findings say them: so rough that a text is not another one each second. */

/** Bytes with two significant digits and their unit, for `{bytes, number} {unit, select, …}`. */
export function roughBytes(bytes: number): ReturnType<typeof sized> {
  const { bytes: value, unit } = sized(bytes);
  const step = value >= 1_000 ? 100 : value >= 100 ? 10 : value >= 10 ? 1 : 0.5;
  return { bytes: Math.round(value / step) * step, unit };
}

/** Seconds in steps of thirty, from two minutes on whole minutes, from two hours on whole hours; rounded down: it lasts at least so long. */
export function roughTime(seconds: number): { readonly time: number; readonly timeUnit: "s" | "min" | "h" } {
  if (seconds < 120) return { time: Math.floor(seconds / 30) * 30, timeUnit: "s" };
  if (seconds < 7_200) return { time: Math.floor(seconds / 60), timeUnit: "min" };
  return { time: Math.floor(seconds / 3_600), timeUnit: "h" };
}
