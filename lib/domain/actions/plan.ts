import type { Instant, MemberName } from "../ids";
import type { Message } from "../message";
import type { ActionRequest } from "./request";

/** What is known before an action runs: checks, what it would do, and the state that it was planned on. All of it plain JSON. */

export const CHECK_STATUSES = ["pass", "warn", "block"] as const;
export type CheckStatus = (typeof CHECK_STATUSES)[number];

/** What a check rests on. `sourceId` as in `Snapshot.sources`, or null for something asked for this plan alone. */
export type CheckEvidence = {
  readonly sourceId: string | null;
  /** What was seen, in words. */
  readonly text: Message;
  readonly at: Instant | null;
};

export type Check = {
  /** Stable and unique within a plan, for example `candidate-lag` or `member-streaming:node2`; warnings are acknowledged by it. */
  readonly id: string;
  readonly status: CheckStatus;
  readonly text: Message;
  /** What it means and what to do; null for a check that passes and needs no word. */
  readonly advice: Message | null;
  readonly evidence: readonly CheckEvidence[];
  /** Age of the oldest evidence when the plan was made, in ms; null where there is none. */
  readonly ageMs: number | null;
  /** A block that an admin may override by naming it, for a failover only. */
  readonly overridable: boolean;
};

/** Clients whose sessions end. */
export type ClientGroup = {
  readonly application: string;
  readonly user: string;
  readonly database: string;
  readonly count: number;
  /** Of these, inside a transaction. */
  readonly inTransaction: number;
};
export type ClientImpact = {
  /** The member whose sessions these are. */
  readonly member: MemberName;
  readonly total: number;
  readonly groups: readonly ClientGroup[];
  readonly at: Instant;
};

/** The loss receipt before: what would be lost if this member became the leader now. */
export type CandidateImpact = {
  readonly member: MemberName;
  /** False where a check would block it; `reason` says why. */
  readonly eligible: boolean;
  readonly reason: Message | null;
  /** WAL that it has not received, in bytes; null: unknown, which is never none. */
  readonly lossBytes: number | null;
  /** Age of the newest WAL that it has, in seconds, as far as PostgreSQL tells. */
  readonly lossSeconds: number | null;
  /** `none`: an orderly handover waits until it has everything. `estimate`: as last seen. `unknown`. */
  readonly basis: "none" | "estimate" | "unknown";
  readonly at: Instant | null;
};

export type GapImpact = {
  /** Expected time without a writable server, in ms; null: nothing to tell it from. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** What it was reckoned from, one sentence each. */
  readonly reasons: readonly Message[];
  /** Earlier gaps of this cluster at a change of leader, newest first. */
  readonly past: readonly { readonly at: Instant; readonly ms: number }[];
};

/** One single failure, and whether writes would go on after it. */
export type NextFailure = {
  /** `host`: everything on it. */
  readonly layer: "host" | "vip" | "haproxy" | "pgbouncer" | "postgres" | "patroni" | "dcs";
  readonly subject: string;
  /** `served`: writes go on, or come back by themselves. `lost`: they stop until someone acts. `unknown`. */
  readonly writes: "served" | "lost" | "unknown";
  /** Who would lead after it. */
  readonly leader: MemberName | null;
  readonly lossBytes: number | null;
  readonly text: Message;
};

/** What a reinitialisation destroys and copies. */
export type ReinitImpact = {
  readonly member: MemberName;
  readonly host: string | null;
  readonly dataDirectory: string | null;
  /** Size of what is deleted and copied anew: the sum of the databases on the leader; null: unknown. */
  readonly bytes: number | null;
  /** Where the copy comes from: a member, or a method such as pgBackRest; null: unknown. */
  readonly copyFrom: string | null;
  /** Members that could lead meanwhile, without this one and the leader. */
  readonly candidatesLeft: readonly MemberName[];
};

/** `reload`: within one loop. `restart`: each member must be restarted. `patroni`: Patroni's own, at its next loop. */
export type ConfigurationEffect = "reload" | "restart" | "patroni" | "unknown";
export type ConfigurationImpact = {
  readonly changes: readonly {
    readonly path: string;
    readonly before: unknown;
    readonly after: unknown;
    readonly effect: ConfigurationEffect;
  }[];
};

/** The backend that an action would hit, as it was when the plan was made. */
export type BackendImpact = {
  readonly pid: number;
  readonly user: string | null;
  readonly database: string | null;
  readonly application: string | null;
  readonly clientAddress: string | null;
  readonly backendType: string;
  readonly state: string | null;
  readonly queryStart: Instant | null;
  readonly transactionStart: Instant | null;
  /** Null where the reader may not see it. */
  readonly query: string | null;
  /** Pids that wait for it, directly or not. */
  readonly blocks: readonly number[];
};

export type Impact = {
  readonly clients: readonly ClientImpact[];
  readonly candidates: readonly CandidateImpact[];
  readonly writeGap: GapImpact | null;
  /** What VIP, HAProxy and PgBouncer will do, one sentence each. */
  readonly routing: readonly Message[];
  /** Single failures that would stop writes once this is done; null where the action does not change it. */
  readonly nextFailures: readonly NextFailure[] | null;
  readonly reinit: ReinitImpact | null;
  readonly configuration: ConfigurationImpact | null;
  readonly backend: BackendImpact | null;
  /** What is touched, in words, for the rest: members to be restarted, servers to be drained … */
  readonly touches: readonly Message[];
};

export const NO_IMPACT: Impact = {
  clients: [],
  candidates: [],
  writeGap: null,
  routing: [],
  nextFailures: null,
  reinit: null,
  configuration: null,
  backend: null,
  touches: [],
};

/**
 * The state that a plan was made on. Executing compares it with the state then: whatever moved refuses. Fields that do not concern an
 * action are null in its plan, so that a replica's restart is not refused because of a pool.
 */
export type Fence = {
  readonly systemId: string | null;
  readonly leader: MemberName | null;
  /** Revision at which the leader key was created or last written; constant during a reign in etcd v3. */
  readonly leaderRevision: string | null;
  readonly timeline: number | null;
  readonly configRevision: string | null;
  readonly failoverRevision: string | null;
  readonly paused: boolean | null;
  readonly members: readonly {
    readonly name: MemberName;
    readonly role: string;
    readonly state: string;
    readonly timeline: number | null;
    /** Start of its postmaster, in the server's spelling: tells a restart in between. */
    readonly postmasterStartTime: string | null;
  }[];
  /** What else the action rests on, by name, as text: a backend's start, a pool server's state, a console's pause. */
  readonly other: Readonly<Record<string, string | null>>;
};

export type Plan = {
  readonly id: string;
  readonly scope: string;
  readonly title: string;
  readonly environment: string | null;
  readonly action: ActionRequest["action"];
  readonly request: ActionRequest;
  readonly checks: readonly Check[];
  readonly impact: Impact;
  readonly fence: Fence;
  /** What must be typed: the scope. */
  readonly confirm: string;
  /** True where a second operator must approve it. */
  readonly needsApproval: boolean;
  /** Who made it: only they may use it. */
  readonly plannedBy: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
};

/** How long a plan may be used, in ms (`DESIGN.md` section 6). */
export const PLAN_LIVES_MS = 120_000;

export const blocksOf = (checks: readonly Check[]): readonly Check[] => checks.filter((one) => one.status === "block");
export const warningsOf = (checks: readonly Check[]): readonly Check[] => checks.filter((one) => one.status === "warn");
