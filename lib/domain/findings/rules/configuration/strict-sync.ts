import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { about, configurationOf, isOn, isSynchronous, membersIn } from "./reading";

/** Strictly synchronous with one standby at most: when that one is away, nothing is committed any more. */
export const configStrictSync: FindingRule = {
  id: "config-strict-sync",
  group: "configuration",
  runbook: "add-node",
  find(input) {
    const configuration = configurationOf(input);
    if (!configuration || !isSynchronous(configuration) || isOn(configuration, "synchronous_mode_strict") !== true)
      return [];
    const members = membersIn(input);
    const able = members.filter(({ tags }) => !tags.nosync).length - 1;
    if (members.length === 0 || able > 1) return [];
    const text = message("finding.config-strict-sync.text", { able: Math.max(0, able) });
    return [about(input, "synchronous_mode_strict", "warn", text)];
  },
};
