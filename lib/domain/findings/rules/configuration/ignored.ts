import { leavesOf } from "../../../configuration/path";
import { standingOf } from "../../../configuration/settings";
import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { about, configurationOf } from "./reading";

/**
 * A setting that Patroni passes over in the dynamic configuration: it is a member's own, Patroni's own, or not known at all. No runbook:
 * what was meant by it only its author knows, and taking it out changes nothing.
 */
export const configIgnored: FindingRule = {
  id: "config-ignored",
  group: "configuration",
  runbook: null,
  find(input) {
    return leavesOf(configurationOf(input) ?? {}).flatMap(({ path, value }) => {
      const standing = standingOf(path);
      if (standing === "known" || value === null) return [];
      // A parameter that is not known here may be one of another release of PostgreSQL.
      if (standing === "unknown" && path.startsWith("postgresql.parameters.")) return [];
      const text = message("finding.config-ignored.text", { path, standing });
      return [about(input, path, "info", text)];
    });
  },
};
