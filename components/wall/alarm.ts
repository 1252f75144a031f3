import { maintenanceNow } from "@/components/alerts/groups";
import type { Snapshot } from "@/lib/domain/snapshot";

/** Critical findings of one cluster that were there at the last look; null before the first one. */
export type Known = ReadonlySet<string> | null;

/**
 * Whether something critical is new since the last look, and what is known after this one. The first look sounds for nothing: a wall that
 * loads anew in the middle of an outage would tell again what was told. Nor does what people keep quiet, or work on.
 */
export function alarmAfter(
  known: Known,
  snapshot: Pick<Snapshot, "findings" | "attention">,
  now: number,
): { readonly known: ReadonlySet<string>; readonly sound: boolean } {
  const critical = snapshot.findings.filter(({ severity }) => severity === "critical").map(({ id }) => id);
  const { silences = [], alerts = [] } = snapshot.attention ?? {};
  const quiet = new Set(alerts.flatMap((one) => (one.silencedBy !== null ? [one.findingId] : [])));
  const isNew = known !== null && critical.some((id) => !known.has(id) && !quiet.has(id));
  return { known: new Set(critical), sound: isNew && maintenanceNow(silences, now) === null };
}
