import { brokenRules } from "../../../configuration/rules";
import type { FindingRule } from "../../rule";
import { about, configurationOf } from "./reading";

/**
 * Settings that contradict each other, as the page of the configuration says it; `ttl` has a rule of its own. No runbook: which of them is
 * meant is a decision, and the configuration page checks it.
 */
export const configClash: FindingRule = {
  id: "config-clash",
  group: "configuration",
  runbook: null,
  find(input) {
    const configuration = configurationOf(input);
    if (!configuration) return [];
    return brokenRules(configuration)
      .filter(({ id }) => id !== "timing")
      .map(({ id, text, paths }) => ({ ...about(input, paths[0] ?? id, "warn", text), key: id }));
  },
};
