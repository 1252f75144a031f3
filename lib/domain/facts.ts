import type { HostName, Instant, Lsn, MemberName } from "./ids";

/**
 * What each system reports, in the domain's words. Adapters map foreign answers into these; `null` means "not reported",
 * which is never the same as zero, false or down.
 */

/** PostgreSQL's role as a member or the DCS states it. Foreign `master` and `primary` are both `primary`. */
export type Role =
  | "primary"
  | "replica"
  | "standby-leader"
  | "sync-standby"
  | "quorum-standby"
  | "demoted"
  | "uninitialized"
  | "unknown";

/** Patroni's postgres states (3.0–4.1, `patroni/postgresql/misc.py`), kebab-case; future ones are `unknown`. */
export type PostgresState =
  | "initializing"
  | "initdb-failed"
  | "custom-bootstrap"
  | "custom-bootstrap-failed"
  | "creating-replica"
  | "running"
  | "starting"
  | "start-failed"
  | "restarting"
  | "restart-failed"
  | "stopping"
  | "stopped"
  | "stop-failed"
  | "crashed"
  | "unknown";

export type ReplicationState = "streaming" | "in-archive-recovery" | null;

export type Tags = {
  readonly nofailover: boolean;
  readonly noloadbalance: boolean;
  readonly nosync: boolean;
  readonly clonefrom: boolean;
  readonly replicatefrom: string | null;
  readonly failoverPriority: number | null;
  /** Every effective tag as text, for display. */
  readonly all: Readonly<Record<string, string>>;
};

export type PendingRestartReason = { readonly setting: string; readonly oldValue: string; readonly newValue: string };

/** One `members/<name>` key, or one row of Patroni's `/cluster`. */
export type DcsMember = {
  readonly name: MemberName;
  readonly host: HostName | null;
  readonly port: number | null;
  /** Origin of the REST API, for example `http://10.0.0.1:8008`, without a path. */
  readonly apiUrl: string | null;
  readonly role: Role;
  readonly state: PostgresState;
  readonly replicationState: ReplicationState;
  readonly timeline: number | null;
  readonly lsn: Lsn | null;
  /** As Patroni computes it against what the leader last wrote to the DCS; null when it says "unknown". */
  readonly lagBytes: number | null;
  readonly patroniVersion: string | null;
  readonly tags: Tags;
  readonly pendingRestart: boolean;
  readonly pendingRestartReasons: readonly PendingRestartReason[];
  readonly scheduledRestart: Instant | null;
  readonly pause: boolean;
  /** Revision at which the key was last written; null where the DCS is not read. */
  readonly modRevision: string | null;
};

export type HistoryEntry = {
  /** The timeline that ended. */
  readonly timeline: number;
  readonly lsn: Lsn | null;
  readonly reason: string;
  readonly at: Instant | null;
  readonly newLeader: MemberName | null;
};

export type FailoverKey = {
  readonly leader: MemberName | null;
  readonly candidate: MemberName | null;
  readonly scheduledAt: Instant | null;
  readonly modRevision: string | null;
};

/** The scope's whole subtree, or Patroni's `/cluster` standing in for it (`kind: "patroni"`). */
export type DcsView = {
  readonly kind: "etcd3" | "patroni";
  /** The store's revision that this view is of; null where there is none. 64 bits, so text. */
  readonly revision: string | null;
  readonly leader: {
    readonly name: MemberName;
    readonly modRevision: string | null;
    readonly lease: string | null;
  } | null;
  readonly members: readonly DcsMember[];
  readonly systemId: string | null;
  readonly config: Readonly<Record<string, unknown>> | null;
  /** Revision at which the configuration was last written; null where the DCS is not read. */
  readonly configRevision: string | null;
  readonly history: readonly HistoryEntry[];
  /** A pending failover or switchover; null when the key is absent or `{}`. */
  readonly failover: FailoverKey | null;
  readonly sync: { readonly leader: MemberName | null; readonly standbys: readonly string[] } | null;
  readonly pause: boolean;
  readonly ttlSeconds: number | null;
  readonly loopWaitSeconds: number | null;
};

/** One etcd member's own `maintenance.status`. Ids are 64 bits, so text. */
export type DcsMemberStatus = {
  readonly endpoint: string;
  readonly name: string | null;
  readonly memberId: string | null;
  readonly leaderId: string | null;
  readonly isLeader: boolean;
  readonly isLearner: boolean;
  readonly raftTerm: string | null;
  readonly version: string | null;
  readonly dbSizeBytes: number | null;
  /** What of it is in use; the rest is freed by defragmenting. */
  readonly dbSizeInUseBytes: number | null;
  /** Its `--quota-backend-bytes`; null before 3.6, which does not tell it. */
  readonly dbQuotaBytes: number | null;
  /** Raft entries committed and not yet applied by this member; growing means that it falls behind. */
  readonly raftBacklog: number | null;
  /** Alarms raised in the etcd cluster, for example `NOSPACE`; null where this user may not ask. */
  readonly alarms: readonly string[] | null;
  readonly errors: readonly string[];
};

/** `GET /patroni` of one member. */
export type PatroniStatus = {
  /** Absent before Patroni 3.2. */
  readonly name: MemberName | null;
  readonly scope: string | null;
  readonly patroniVersion: string | null;
  readonly state: PostgresState;
  readonly role: Role;
  /** In the server's spelling; microseconds make it a fingerprint of the node. */
  readonly postmasterStartTime: string | null;
  /** For example 170002. */
  readonly serverVersion: number | null;
  readonly timeline: number | null;
  readonly replicationState: ReplicationState;
  readonly lsn: Lsn | null;
  readonly receivedLsn: Lsn | null;
  readonly replayedLsn: Lsn | null;
  readonly replayPaused: boolean | null;
  readonly systemId: string | null;
  readonly tags: Tags;
  readonly pendingRestart: boolean;
  readonly pendingRestartReasons: readonly PendingRestartReason[];
  readonly pause: boolean;
  readonly clusterUnlocked: boolean;
  readonly failsafeActive: boolean;
  readonly watchdogFailed: boolean;
  /** Epoch seconds of the member's last successful read of the DCS. */
  readonly dcsLastSeen: number | null;
};

export type WalSender = {
  readonly pid: number;
  readonly applicationName: string;
  readonly clientAddress: string | null;
  readonly state: string | null;
  readonly syncState: string | null;
  readonly sentLsn: Lsn | null;
  readonly flushLsn: Lsn | null;
  readonly replayLsn: Lsn | null;
  readonly unsentBytes: number | null;
  readonly flushLagBytes: number | null;
  readonly replayLagBytes: number | null;
  /** As PostgreSQL's round-trip samples say it; they stay where they are while a receiver is silent. */
  readonly flushLagSeconds: number | null;
  readonly replayLagSeconds: number | null;
  readonly replyAgeSeconds: number | null;
  readonly slotName: string | null;
  readonly slotType: string | null;
};

export type ReplicationSlot = {
  readonly name: string;
  readonly type: string;
  readonly database: string | null;
  readonly active: boolean;
  readonly walStatus: string | null;
  readonly retainedBytes: number | null;
  readonly safeWalBytes: number | null;
};

export type WalReceiver = {
  readonly status: string | null;
  readonly senderHost: string | null;
  readonly senderPort: number | null;
  readonly slotName: string | null;
  readonly receivedTimeline: number | null;
  readonly latestEndLsn: Lsn | null;
  readonly lastMessageAgeSeconds: number | null;
};

/** One look at one PostgreSQL server over its own connection. */
export type PostgresFacts = {
  readonly inRecovery: boolean;
  /** The server's `default_transaction_read_only`; null where a setting of our own role or database hides it. */
  readonly readOnlyDefault: boolean | null;
  /** For example 170002. */
  readonly serverVersion: number;
  readonly postmasterStartTime: string;
  readonly systemId: string | null;
  readonly timeline: number | null;
  /** Insert position on a primary; last replayed on a standby. */
  readonly lsn: Lsn | null;
  readonly receivedLsn: Lsn | null;
  readonly replayedLsn: Lsn | null;
  readonly replayPaused: boolean | null;
  /** Seconds of replay delay as the standby itself judges it; null when unknown. */
  readonly replayDelaySeconds: number | null;
  readonly senders: readonly WalSender[];
  readonly slots: readonly ReplicationSlot[];
  readonly receiver: WalReceiver | null;
  /** False when the role lacks `pg_monitor`: senders and receiver then show nothing although they may exist. */
  readonly canReadReplication: boolean;
  readonly connections: number | null;
  readonly maxConnections: number | null;
};

/** HAProxy's server status, reduced. Both `up` and `no-check` receive new traffic. */
export type PoolServerStatus =
  | "up"
  | "going-down"
  | "going-up"
  | "down"
  | "drain"
  | "maint"
  | "no-check"
  | "nolb"
  | "unknown";

export type PoolServer = {
  /** The server line's name in haproxy.cfg. */
  readonly name: string;
  readonly status: PoolServerStatus;
  /** As HAProxy prints it, for example `UP 1/3`. */
  readonly rawStatus: string;
  readonly checkStatus: string | null;
  readonly checkCode: number | null;
  readonly lastCheck: string | null;
  readonly backup: boolean;
  readonly weight: number | null;
  readonly lastChangeSeconds: number | null;
  readonly sessions: number | null;
  readonly queue: number | null;
  /** `host:port`, only where the page shows legends. */
  readonly address: string | null;
};

export type Pool = {
  readonly name: string;
  readonly status: "up" | "down" | "open" | "unknown";
  readonly servers: readonly PoolServer[];
  readonly sessions: number | null;
  readonly queue: number | null;
};

/**
 * Counters of one server, or of a pool as a whole (`server` null). Totals count since the process started or its counters were cleared;
 * times are HAProxy's averages over the last 1024 sessions, in ms.
 */
export type PoolCounters = {
  readonly pool: string;
  readonly server: string | null;
  readonly sessionsMax: number | null;
  /** Null: unlimited. */
  readonly sessionsLimit: number | null;
  readonly sessionsTotal: number | null;
  readonly sessionsPerSecond: number | null;
  readonly bytesIn: number | null;
  readonly bytesOut: number | null;
  readonly queueMax: number | null;
  readonly queueMs: number | null;
  readonly connectMs: number | null;
  readonly connectionErrors: number | null;
  /** How long the last health check took. */
  readonly checkMs: number | null;
  readonly failedChecks: number | null;
  /** Transitions from up to down. */
  readonly wentDown: number | null;
  readonly downtimeSeconds: number | null;
};

/** One HAProxy process's statistics page. */
export type HaproxyFacts = { readonly pools: readonly Pool[]; readonly counters: readonly PoolCounters[] };

export type PgbouncerDatabase = {
  readonly name: string;
  /** Null for a local unix socket. */
  readonly host: string | null;
  readonly port: number | null;
  readonly paused: boolean;
  readonly disabled: boolean;
  /** Server connections a pool (a database and a user) may hold. */
  readonly poolSize: number | null;
  /** Server connections to this database that are open, and that there may be; null: unlimited, or not reported. */
  readonly connections: number | null;
  readonly connectionsMax: number | null;
};

export type PgbouncerPool = {
  readonly database: string;
  readonly user: string;
  readonly clientsActive: number;
  readonly clientsWaiting: number;
  readonly serversActive: number;
  readonly serversIdle: number;
  /** Open and not handed out before they have been checked: idle for long, or just given back. */
  readonly serversUnchecked: number;
  /** Being opened. */
  readonly serversLogin: number;
  readonly maxWaitMs: number;
  readonly mode: string | null;
};

/** One database's counters of `SHOW STATS`, since PgBouncer's start. */
export type PgbouncerStats = {
  readonly database: string;
  readonly transactions: number;
  readonly queries: number;
  /** How often a client was given a server; null before 1.23, which does not count it. */
  readonly assignments: number | null;
  readonly receivedBytes: number;
  readonly sentBytes: number;
  readonly transactionMs: number;
  readonly queryMs: number;
  /** Time that clients spent waiting for a server. */
  readonly waitMs: number;
};

export type PgbouncerFacts = {
  readonly version: string | null;
  /** By a PAUSE of everything, which no database's own flag shows; null before 1.19, which does not tell it. */
  readonly allPaused: boolean | null;
  readonly databases: readonly PgbouncerDatabase[];
  readonly pools: readonly PgbouncerPool[];
  readonly stats: readonly PgbouncerStats[];
};

/** What one way of finding the VIP's holder saw. Only `lib/domain/vip` draws a conclusion from it. */
export type VipEvidence =
  | {
      readonly method: "patroni";
      readonly memberName: string | null;
      readonly postmasterStartTime: string | null;
      readonly scope: string | null;
    }
  | {
      readonly method: "neighbour";
      readonly mac: string;
      /** Every MAC that answered one broadcast question for the address; empty where none could be asked. Two: two holders. */
      readonly heard: readonly string[];
      readonly hosts: readonly { readonly host: HostName; readonly mac: string }[];
    }
  | {
      readonly method: "haproxy";
      /** Names of HAProxy nodes whose own page carries the same process identity as the page behind the VIP. */
      readonly sameAs: readonly string[];
    };

export type VipProbe = {
  readonly method: VipEvidence["method"];
  readonly evidence: VipEvidence | null;
  readonly failure: { readonly kind: string; readonly text: string } | null;
};

export type VipFacts = {
  readonly address: string;
  /** In order of trust; every method that applies was tried. */
  readonly probes: readonly VipProbe[];
};
