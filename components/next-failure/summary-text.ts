import type { NextFailure } from "@/lib/domain/actions/plan";
import type { Translate } from "@/lib/format/message";

/** How many of the failures foretold would stop writes, and of how many that cannot be told. */
export function summaryText(t: Translate, failures: readonly NextFailure[]): string {
  const count = (writes: NextFailure["writes"]) => failures.filter((one) => one.writes === writes).length;
  const [lost, unknown] = [count("lost"), count("unknown")];
  if (unknown === failures.length) return t("nextFailurePage.lineNothing");
  const told = t("nextFailurePage.line", { lost, count: failures.length });
  return unknown === 0 ? told : `${told}, ${t("nextFailurePage.lineUnknown", { count: unknown })}`;
}
