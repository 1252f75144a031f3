import type { FindingGroup } from "../findings/finding";
import { RULES } from "../findings/rules";
import type { SourceKind } from "../observation";
import type { Snapshot } from "../snapshot";
import { type ClusterFact, type FactValue, known, NOT_KNOWN, within } from "./fact";
import { number } from "./facts-cluster";
import { seesDcs } from "./facts-sight";

/** Facts of findings. That one is there is known; that none is there is known only while what it would rest on is seen. */

const RESTS_ON: Readonly<Record<FindingGroup, readonly SourceKind[]>> = {
  writing: ["dcs"],
  routing: ["haproxy", "pgbouncer", "vip", "client-eye"],
  replication: ["dcs", "patroni", "postgres"],
  dcs: ["dcs", "dcs-member"],
  server: ["postgres"],
  operations: [],
  configuration: ["dcs"],
};
const GROUP_OF: ReadonlyMap<string, FindingGroup> = new Map(RULES.map(({ id, group }) => [id, group]));

/** Rules that a condition or a runbook may name. */
export const RULE_IDS: ReadonlySet<string> = new Set(GROUP_OF.keys());

export const FINDING_FACTS: Readonly<Record<string, ClusterFact>> = {
  criticalFindings: number("count", (picture) => countedOf(picture, "critical")),
  warnFindings: number("count", (picture) => countedOf(picture, "warn")),
  finding: {
    type: "boolean",
    argument: "rule",
    read: (picture, rule) => {
      if (picture.findings.some((one) => one.rule === rule)) return known(true);
      const group = GROUP_OF.get(rule);
      return group !== undefined && sees(picture, RESTS_ON[group]) ? known(false) : NOT_KNOWN;
    },
  },
};

/** Those that we see are at least so many; there may be more while nobody can tell who takes writes. */
function countedOf(picture: Snapshot, severity: "critical" | "warn"): FactValue {
  const seen = picture.findings.filter((one) => one.severity === severity).length;
  return within(seen, seesDcs(picture) && picture.writePath.state !== "unknown" ? seen : null);
}

function sees(picture: Snapshot, kinds: readonly SourceKind[]): boolean {
  return picture.sources.every(({ kind, stale, lastOkAt }) => !kinds.includes(kind) || (lastOkAt !== null && !stale));
}
