import { valueAt } from "../../../configuration/path";
import { message } from "../../../message";
import type { FindingDraft, FindingRule } from "../../rule";
import { about, configurationOf, parameterAt } from "./reading";

/** Settings of a recovery that hold for every member, so that each replica stops or lags by design. */
const HARMFUL = /^recovery_(target($|_)|min_apply_delay$)/;
const RECOVERY = /^(recovery_.*|restore_command|archive_cleanup_command|promote_trigger_file|trigger_file)$/;

/**
 * Recovery settings among PostgreSQL's parameters: Patroni takes them for all members, and drops `recovery_conf` for them. No runbook: they
 * are taken out of the dynamic configuration, and where that waits for a restart the finding of that offers one.
 */
export const configRecovery: FindingRule = {
  id: "config-recovery",
  group: "configuration",
  runbook: null,
  find(input) {
    const configuration = configurationOf(input);
    const parameters = configuration && valueAt(configuration, "postgresql.parameters");
    if (!configuration || typeof parameters !== "object" || parameters === null) return [];
    const names = Object.keys(parameters).filter(
      (name) => RECOVERY.test(name.toLowerCase()) && !isNone(parameterAt(configuration, name)),
    );
    const hasSection = valueAt(configuration, "postgresql.recovery_conf") !== null;
    return names.flatMap((name): FindingDraft[] => {
      const why = HARMFUL.test(name.toLowerCase()) ? "all" : hasSection ? "section" : null;
      if (why === null) return [];
      const text = message("finding.config-recovery.text", { setting: name, why });
      return [about(input, `postgresql.parameters.${name}`, "warn", text)];
    });
  },
};

/** Words that stand for PostgreSQL's own standard. */
const isNone = (value: unknown): boolean =>
  value === null || value === "" || /^0\s*[a-z]*$/i.test(String(value)) || value === "latest";
