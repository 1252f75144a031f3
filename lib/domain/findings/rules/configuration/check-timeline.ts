import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { about, configurationOf, isOn, membersIn } from "./reading";

/**
 * In the race for the leader key positions are compared, and timelines are not: one that stayed on an old one may win. No runbook: one
 * change of the dynamic configuration mends it, without a restart.
 */
export const configCheckTimeline: FindingRule = {
  id: "config-check-timeline",
  group: "configuration",
  runbook: null,
  find(input) {
    const configuration = configurationOf(input);
    // Of two members one leads: there is no race that the wrong one could win.
    if (!configuration || membersIn(input).length < 3 || isOn(configuration, "check_timeline") !== false) return [];
    return [about(input, "check_timeline", "info", message("finding.config-check-timeline.text"))];
  },
};
