import type { Instant, MemberName } from "../ids";
import type { Message } from "../message";

/**
 * Something that deviates, said before anyone asks. A finding is drawn from fresh observations alone (rules about silence apart),
 * keeps its id for as long as it is the same thing, and names what it rests on.
 */

export const SEVERITIES = ["critical", "unknown", "warn", "info"] as const;
/** `unknown`: we cannot see whether something is wrong, which is neither well nor broken. */
export type Severity = (typeof SEVERITIES)[number];

export const FINDING_GROUPS = [
  "writing",
  "routing",
  "replication",
  "dcs",
  "server",
  "operations",
  "configuration",
] as const;
export type FindingGroup = (typeof FINDING_GROUPS)[number];

export const SUBJECT_KINDS = [
  "cluster",
  "host",
  "member",
  "slot",
  "vip",
  "haproxy",
  "pool",
  "pgbouncer",
  "client",
  "dcs",
  "dcs-member",
  "backup",
  "archiver",
  "certificate",
  "setting",
  "source",
  "store",
] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

export type FindingSubject = {
  readonly kind: SubjectKind;
  /** As a DBA would name it: a member, `node1/postgres_master`, a slot, an endpoint; the scope for the cluster itself. */
  readonly name: string;
  /** The member on whose host it lives, where that is known: what is folded under a dead host goes by it. */
  readonly member: MemberName | null;
};

/** One thing that a finding rests on. Its age is that of its source, which the same picture carries. */
export type FindingEvidence = {
  readonly text: Message;
  /** `<kind>:<target>` of a source in the same picture; null for what the dashboard itself remembers or was configured with. */
  readonly sourceId: string | null;
};

/** Runbooks that are offered; the engine that runs them may not have each of them (yet). Names of files in `runbooks/`. */
export const RUNBOOK_IDS = [
  "planned-switchover",
  "emergency-failover",
  "split-brain",
  "no-leader",
  "replica-lagging",
  "replica-broken",
  "node-returns",
  "patroni-does-not-start",
  "node-maintenance",
  "rolling-update",
  "settings-restart",
  "routing-failure",
  "pgbouncer-exhausted",
  "slow-queries",
  "archive-broken",
  "slot-fills-disk",
  "point-in-time-recovery",
  "add-node",
  "certificate-renewal",
  "load-test",
] as const;
export type RunbookId = (typeof RUNBOOK_IDS)[number];

export type Finding = {
  /** `<rule>` for the cluster itself, else `<rule>:<subject>`, with `/<key>` where a rule finds several things of one subject. */
  readonly id: string;
  /** Stable code of the rule. What it means and what to do are in `messages` under `finding.<rule>.means` and `.do`, with `text`'s params. */
  readonly rule: string;
  readonly group: FindingGroup;
  readonly severity: Severity;
  readonly subject: FindingSubject;
  /** When its condition began, as far as we saw it. */
  readonly since: Instant;
  readonly text: Message;
  readonly evidence: readonly FindingEvidence[];
  readonly runbook: RunbookId | null;
  /** Id of the finding that this one follows from, in the same picture; null for one that stands by itself. */
  readonly under: string | null;
};
