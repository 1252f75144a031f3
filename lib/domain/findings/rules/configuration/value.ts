import { leavesOf } from "../../../configuration/path";
import { problemOf } from "../../../configuration/settings";
import type { FindingRule } from "../../rule";
import { about, configurationOf } from "./reading";

/** A value that Patroni or PostgreSQL does not take: what holds is another one, and nothing says so but a log. */
export const configValue: FindingRule = {
  id: "config-value",
  group: "configuration",
  runbook: "settings-restart",
  find(input) {
    return leavesOf(configurationOf(input) ?? {}).flatMap(({ path, value }) => {
      const problem = problemOf(path, value);
      return problem ? [about(input, path, "warn", problem)] : [];
    });
  },
};
