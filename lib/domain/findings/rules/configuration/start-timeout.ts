import { valueAt } from "../../../configuration/path";
import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { about, configurationOf, numberAt } from "./reading";

const STANDARD_SECONDS = 300;
/** Longer than anyone would wait for a crashed leader while a replica stands by. */
const HUGE_SECONDS = 1_800;

/**
 * A leader that crashed is given so long to recover that a failover comes far too late. No runbook: one change of the dynamic configuration
 * mends it, without a restart.
 */
export const configStartTimeout: FindingRule = {
  id: "config-start-timeout",
  group: "configuration",
  runbook: null,
  find(input) {
    const configuration = configurationOf(input);
    if (!configuration) return [];
    const isOld = valueAt(configuration, "primary_start_timeout") === null;
    const path =
      isOld && valueAt(configuration, "master_start_timeout") !== null
        ? "master_start_timeout"
        : "primary_start_timeout";
    const seconds = numberAt(configuration, path, "s", STANDARD_SECONDS);
    if (seconds === null || seconds < HUGE_SECONDS) return [];
    const text = message("finding.config-start-timeout.text", { setting: path, minutes: Math.floor(seconds / 60) });
    return [about(input, path, "warn", text)];
  },
};
