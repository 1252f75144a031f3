import type { WitnessLayer, WritePathCode } from "../../../snapshot";
import type { Finding } from "../../finding";
import { RANK } from "../../rank";

/** Without a leader nothing leads to one: what is wrong on the way there is not what has to be set right. */
const NO_WRITER: ReadonlySet<string> = new Set([
  "no-leader",
  "dcs-no-quorum",
  "dcs-no-leader",
  "expired-key-writable",
  "key-and-recovery-disagree",
]);

/** What a client's session that fails may come of, by the rule's id. */
const ON_THE_WAY: ReadonlySet<string> = new Set([
  "vip-nowhere",
  "vip-several",
  "vip-misplaced",
  "check-not-role",
  "write-pool-empty",
  "write-pool-replica",
  "write-pool-lacks-leader",
  "write-pool-several",
  "pool-stranger",
  "pgbouncer-elsewhere",
  "pgbouncer-login",
  "pgbouncer-exhausted",
  "pgbouncer-waiting",
]);

/** A worse finding is not hidden beneath a lesser one; what cannot be seen may be as bad as can be. */
export const covers = (cause: Finding, other: Finding): boolean =>
  cause.severity === "unknown" || RANK[cause.severity] <= RANK[other.severity];

export const lacksWriter = (own: Finding, cause: Finding): boolean => NO_WRITER.has(cause.rule) && covers(cause, own);

export const liesOnTheWay = (own: Finding, cause: Finding): boolean => ON_THE_WAY.has(cause.rule) && covers(cause, own);

/** What the verdict and its witnesses say of the same thing, in general words. */
export function saysTheSame(
  own: Finding,
  other: Finding,
  layer: WitnessLayer,
  codes: readonly WritePathCode[],
): boolean {
  if (other.rule === "witness-disagrees") return other.id.endsWith(`/${layer}`);
  return other.rule === "write-path" && codes.some((code) => other.id.endsWith(`/${code}`)) && covers(own, other);
}

export const samePool = (own: Finding, other: Finding): boolean =>
  other.subject.kind === "pool" && other.subject.name === own.subject.name;

export const isOneOf = (finding: Finding, ...rules: readonly string[]): boolean => rules.includes(finding.rule);
