import { DEFAULT_LIMITS, type FindingLimits } from "@/lib/domain/findings/limits";
import { RULES } from "@/lib/domain/findings/rules";
import { keyOf, LIMIT_NAMES } from "./finding-fields";
import type { KeyPath } from "./problem";
import type { Report } from "./secrets";

type Values = { readonly disabled?: readonly string[] | undefined };

/** The limits of one cluster: what the file gives, and the defaults for the rest. */
export function buildFindings(values: Values | undefined, path: KeyPath, report: Report): FindingLimits {
  const given = (values ?? {}) as Readonly<Record<string, number | undefined>>;
  const limits = Object.fromEntries(LIMIT_NAMES.map((name) => [name, given[keyOf(name)] ?? DEFAULT_LIMITS[name]]));
  const disabled = values?.disabled ?? [];
  reportStrangers(disabled, [...path, "disabled"], report);
  reportReversed(limits, given, path, report);
  return { ...DEFAULT_LIMITS, ...limits, disabled };
}

function reportStrangers(disabled: readonly string[], path: KeyPath, report: Report): void {
  const known = RULES.map(({ id }) => id).sort();
  for (const [index, id] of disabled.entries()) {
    if (!known.includes(id)) report([...path, index], `one of the rules ${known.join(", ")}`, "another text");
  }
}

/** A warning that begins after the worse of the two is a slip, and would hide one of them. */
function reportReversed(
  limits: Readonly<Record<string, number>>,
  given: Readonly<Record<string, number | undefined>>,
  path: KeyPath,
  report: Report,
): void {
  for (const warn of LIMIT_NAMES.filter((name) => name.includes("Warn"))) {
    const critical = LIMIT_NAMES.find((name) => name === warn.replace("Warn", "Critical"));
    const [warnAt, criticalAt] = [limits[warn], critical && limits[critical]];
    if (!critical || warnAt === undefined || criticalAt === undefined) continue;
    // Of certificates: the fewer days are left, the worse.
    const reversed = warn.endsWith("Days") ? warnAt < criticalAt : warnAt > criticalAt;
    if (!reversed) continue;
    const [key, other] = given[keyOf(warn)] === undefined ? [critical, warn] : [warn, critical];
    report(
      [...path, keyOf(key)],
      `a value that reaches ${keyOf(warn)} before ${keyOf(critical)}`,
      `one beyond ${keyOf(other)}`,
    );
  }
}
