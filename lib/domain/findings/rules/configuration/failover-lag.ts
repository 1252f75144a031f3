import { message } from "../../../message";
import { roughBytes } from "../../amounts";
import type { FindingRule } from "../../rule";
import { about, configurationOf, numberAt } from "./reading";

const STANDARD = 1_048_576;
const HUGE = 1_073_741_824;

/**
 * `maximum_lag_on_failover` lets nobody take over, or lets somebody who lacks a gigabyte. No runbook: one change of the dynamic
 * configuration mends it, without a restart.
 */
export const configFailoverLag: FindingRule = {
  id: "config-failover-lag",
  group: "configuration",
  runbook: null,
  find(input) {
    const configuration = configurationOf(input);
    const bytes = configuration && numberAt(configuration, "maximum_lag_on_failover", "B", STANDARD);
    if (bytes === null || (bytes > 0 && bytes < HUGE)) return [];
    const params = { how: bytes <= 0 ? "zero" : "huge", ...roughBytes(Math.max(0, bytes)) };
    const text = message("finding.config-failover-lag.text", params);
    return [about(input, "maximum_lag_on_failover", "warn", text)];
  },
};
