import { message } from "../../../message";
import type { Severity } from "../../finding";
import type { FindingDraft, FindingInput, FindingRule } from "../../rule";
import { subject } from "../../subject";
import { byVitals, type FreshVitals, freshVitals } from "./fresh-vitals";

/** Members are restarted one after the other, and looked at every quarter of a minute. */
const HOLD_MS = 120_000;

/** A standby with less than its primary does not start, or stops replaying when the primary is restarted with more. */
const NOT_BELOW_PRIMARY: ReadonlySet<string> = new Set([
  "max_connections",
  "max_worker_processes",
  "max_wal_senders",
  "max_prepared_transactions",
  "max_locks_per_transaction",
]);

/** May differ for a reason, such as hosts of unequal size; still a failover then changes how the cluster behaves. */
const MAY_DIFFER: ReadonlySet<string> = new Set(["shared_buffers", "max_replication_slots", "track_commit_timestamp"]);

/** Settings that should be the same wherever the leader may be tomorrow. */
export const settingsDiffer: FindingRule = {
  id: "settings-differ",
  group: "server",
  runbook: "settings-restart",
  find(input) {
    const all = freshVitals(input);
    const names = [...new Set(all.flatMap(({ vitals }) => Object.keys(vitals.settings)))];
    return names.flatMap((setting) => ofSetting(setting, all, input));
  },
};

function ofSetting(setting: string, all: readonly FreshVitals[], { picture }: FindingInput): FindingDraft[] {
  const seen = all.flatMap(({ name, vitals }) => {
    const value = vitals.settings[setting] ?? null;
    return value === null ? [] : [{ name, value }];
  });
  if (new Set(seen.map(({ value }) => value)).size < 2) return [];
  const leaders = seen.find(({ name }) => name === picture.leader?.name)?.value;
  const below = seen.some(({ value }) => leaders !== undefined && Number(value) < Number(leaders));
  const stops = NOT_BELOW_PRIMARY.has(setting) && below;
  const severity: Severity = MAY_DIFFER.has(setting) ? "info" : "warn";
  const values = seen.map(({ name, value }) => `${name}: ${value === "" ? "''" : value}`).join(", ");
  const text = message("finding.settings-differ.text", { setting, values, stops: stops ? "yes" : "no" });
  const evidence = seen.flatMap(({ name, value }) =>
    byVitals(
      name,
      message("finding.settings-differ.value", { member: name, setting, value: value === "" ? "''" : value }),
    ),
  );
  return [{ severity, subject: subject("setting", setting), text, evidence, holdMs: HOLD_MS }];
}
