import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { about, type Configuration, configurationOf, isOn, membersIn, numberAt } from "./reading";

/** What a busy cluster writes while a replica is restarted. */
const ENOUGH_MIB = 1_024;
/** Patroni's own where nothing is said. */
const STANDARD_MIB = 128;
const SEGMENT_MIB = 16;

/**
 * Without slots nothing but `wal_keep_size` keeps WAL for a replica that is away, and that is small. No runbook: one change of the dynamic
 * configuration mends it, without a restart.
 */
export const configSlotsOff: FindingRule = {
  id: "config-slots-off",
  group: "configuration",
  runbook: null,
  find(input) {
    const configuration = configurationOf(input);
    if (!configuration || membersIn(input).length < 2) return [];
    if (isOn(configuration, "postgresql.use_slots") !== false) return [];
    const keep = keptMib(configuration);
    if (keep === null || keep >= ENOUGH_MIB) return [];
    const text = message("finding.config-slots-off.text", { keep: Math.round(keep) });
    return [about(input, "postgresql.use_slots", "warn", text)];
  },
};

function keptMib(configuration: Configuration): number | null {
  const segments = numberAt(configuration, "postgresql.parameters.wal_keep_segments", null, null);
  const standard = segments === null ? STANDARD_MIB : segments * SEGMENT_MIB;
  return numberAt(configuration, "postgresql.parameters.wal_keep_size", "MB", standard);
}
