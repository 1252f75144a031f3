import type { Alert, Silence } from "@/lib/domain/alerts/types";
import { SEVERITIES } from "@/lib/domain/findings/finding";
import type { EpochMs } from "@/lib/domain/ids";

/** Open alerts by what is to be done about them: nothing yet, somebody does, nobody wants to hear. */
export const OPEN_GROUPS = ["firing", "acknowledged", "silenced"] as const;
export type OpenGroup = (typeof OPEN_GROUPS)[number];

export const groupOf = (alert: Alert): OpenGroup =>
  alert.silencedBy !== null ? "silenced" : alert.acknowledged !== null ? "acknowledged" : "firing";

/** Those that fire or might come back, worst first, then the newest first. One that waits for its hold time is no alert yet. */
export const openAlerts = (alerts: readonly Alert[]): readonly Alert[] =>
  alerts
    .filter(({ state }) => state === "firing" || state === "resolving")
    .toSorted(
      (a, b) =>
        SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
        Date.parse(b.startedAt) - Date.parse(a.startedAt),
    );

/** Each silence once, though the boards of several clusters carry those that are about all of them; the soonest to end first. */
export const mergedSilences = (boards: readonly (readonly Silence[])[]): readonly Silence[] =>
  [...new Map(boards.flat().map((one) => [one.id, one])).values()].toSorted(
    (a, b) => Date.parse(a.until) - Date.parse(b.until),
  );

export type Standing = "to-come" | "in-force" | "over";

export function standingOf(silence: Silence, now: EpochMs): Standing {
  if (silence.ended !== null || now >= Date.parse(silence.until)) return "over";
  return now < Date.parse(silence.from) ? "to-come" : "in-force";
}

/** The maintenance window that a cluster is in: of several the one that ends last, since it is quiet until then. */
export const maintenanceNow = (silences: readonly Silence[], now: EpochMs): Silence | null =>
  silences
    .filter((one) => one.kind === "maintenance" && standingOf(one, now) === "in-force")
    .toSorted((a, b) => Date.parse(b.until) - Date.parse(a.until))[0] ?? null;
