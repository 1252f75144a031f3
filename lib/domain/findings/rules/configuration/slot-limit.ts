import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { about, configurationOf, isOn, membersIn, numberAt } from "./reading";

/** Slots are used, and nothing limits what they keep: a replica that stays away fills the leader's disk. */
export const configSlotLimit: FindingRule = {
  id: "config-slot-limit",
  group: "configuration",
  runbook: "slot-fills-disk",
  find(input) {
    const configuration = configurationOf(input);
    if (!configuration || membersIn(input).length < 2 || isOn(configuration, "postgresql.use_slots") !== true)
      return [];
    const limit = numberAt(configuration, "postgresql.parameters.max_slot_wal_keep_size", "MB", -1);
    if (limit === null || limit >= 0) return [];
    const text = message("finding.config-slot-limit.text");
    return [about(input, "postgresql.parameters.max_slot_wal_keep_size", "info", text)];
  },
};
