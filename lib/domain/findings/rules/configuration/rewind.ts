import { booleanOf } from "../../../configuration/quantity";
import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { about, configurationOf, isOn, leaderVitals, membersIn } from "./reading";

/**
 * A former leader that went its own way cannot be brought back but by copying it anew. `wal_log_hints` wants a restart and a runbook for it;
 * `use_pg_rewind` alone is one change of the dynamic configuration and wants none.
 */
export const configRewind: FindingRule = {
  id: "config-rewind",
  group: "configuration",
  runbook: null,
  find(input) {
    const configuration = configurationOf(input);
    if (!configuration || membersIn(input).length < 2) return [];
    if (isOn(configuration, "postgresql.use_pg_rewind") !== true) {
      const text = message("finding.config-rewind.text", { why: "off" });
      return [about(input, "postgresql.use_pg_rewind", "info", text)];
    }
    const server = leaderVitals(input);
    const isOff = (name: "wal_log_hints" | "data_checksums") =>
      server !== null && server.settings[name] != null && booleanOf(server.settings[name]) === false;
    if (server === null || !isOff("wal_log_hints") || !isOff("data_checksums")) return [];
    const text = message("finding.config-rewind.text", { why: "blind" });
    const draft = about(input, "postgresql.use_pg_rewind", "warn", text, [{ text, sourceId: server.sourceId }]);
    return [{ ...draft, runbook: "settings-restart" }];
  },
};
