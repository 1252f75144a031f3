import type { ActionBoard } from "./actions/operation";
import type { AttentionBoard } from "./alerts/types";
import type { BackupsView } from "./backups/view";
import type { ClientEyeView } from "./client-eye/types";
import type { ConfigurationView } from "./configuration/configuration";
import type {
  DcsMemberStatus,
  HistoryEntry,
  PendingRestartReason,
  PgbouncerPool,
  Pool,
  PostgresState,
  ReplicationState,
  Tags,
} from "./facts";
import type { Finding } from "./findings/finding";
import type { Watch } from "./findings/watch/types";
import type { ClusterScope, Instant, Lsn, MemberName } from "./ids";
import type { Message } from "./message";
import type { FailureKind, SourceKind } from "./observation";
import type { StoreView } from "./store";
import type { Trust } from "./trust";
import type { ArchivingView } from "./vitals/archiving-view";

/** The picture of one cluster at one moment: plain JSON, immutable, numbered. What the screen shows and actions fence on. */

export const LAYERS = ["vip", "haproxy", "pgbouncer", "postgres", "patroni", "dcs"] as const;
export type Layer = (typeof LAYERS)[number];

/** Everyone who has a say in who takes writes: the layers, and a client of our own that goes the whole way through them. */
export const WITNESS_LAYERS = ["client", ...LAYERS] as const;
export type WitnessLayer = (typeof WITNESS_LAYERS)[number];

export type { Trust } from "./trust";

/** What one layer says about one member. */
export type MemberWitness = {
  readonly layer: Layer;
  /** `writer`: takes writes; `other`: does not; `unknown`: we cannot tell from here. */
  readonly says: "writer" | "other" | "unknown" | "n/a";
  readonly trust: Trust;
  /** When the evidence was observed; null when there is none. */
  readonly at: Instant | null;
  /** The evidence in words. */
  readonly text: Message;
  /** Id of the source behind it, to be clicked through to. */
  readonly sourceId: string | null;
};

/** What one layer, taken as a whole, says about who takes writes. */
export type Witness = {
  readonly layer: WitnessLayer;
  /** `agree`/`disagree` with the writer named by the verdict; `silent`: nothing fresh to say; `n/a`: not configured. */
  readonly verdict: "agree" | "disagree" | "silent" | "n/a";
  /** The member that this layer points to; null for none or several. */
  readonly points: MemberName | null;
  readonly text: Message;
  readonly at: Instant | null;
  readonly sourceIds: readonly string[];
};

export type WritePathState = "ok" | "degraded" | "broken" | "split" | "unknown";

/** Stable codes of the sentence; each has a text in `messages`. */
export type WritePathCode =
  | "ok"
  | "agree-partly"
  | "no-leader"
  | "handover"
  | "promoting"
  | "leader-not-writable"
  | "leader-unreachable"
  | "misrouted"
  | "pool-empty"
  | "vip-elsewhere"
  | "vip-nowhere"
  | "client-cut-off"
  | "split-brain"
  | "paused-no-leader"
  | "blind"
  | "starting";

export type WritePath = {
  readonly state: WritePathState;
  readonly code: WritePathCode;
  /** The member that takes writes, only when fresh evidence says so. */
  readonly writer: MemberName | null;
  readonly message: Message;
  /** In English; the screen renders `message` in the reader's language. */
  readonly sentence: string;
  /** When this state and writer began, as far as we saw it. */
  readonly since: Instant;
  /** Observation time of the oldest piece of evidence that the sentence rests on; null when it rests on none. */
  readonly asOf: Instant | null;
  readonly agree: number;
  /** Witnesses that had something fresh to say. */
  readonly of: number;
  readonly witnesses: readonly Witness[];
  readonly disagree: readonly Message[];
};

export type LagView = {
  readonly receiveBytes: number | null;
  readonly replayBytes: number | null;
  readonly replaySeconds: number | null;
  /** Where the figures come from: the sender's view, the standby's own, or Patroni's (up to one `loop_wait` old). */
  readonly basis: "sender" | "standby" | "patroni" | "none";
  readonly at: Instant | null;
  readonly trust: Trust;
};

export type MemberView = {
  readonly name: MemberName;
  readonly host: string | null;
  readonly port: number | null;
  readonly apiUrl: string | null;
  readonly presence: "present" | "missing";
  /** Role by the freshest trustworthy evidence; `leader` only for the holder of the leader key. */
  readonly role: "leader" | "standby-leader" | "sync-standby" | "quorum-standby" | "replica" | "unknown";
  readonly roleTrust: Trust;
  readonly state: PostgresState;
  readonly replicationState: ReplicationState;
  readonly stateTrust: Trust;
  readonly timeline: number | null;
  readonly timelineDiffers: boolean;
  readonly lsn: Lsn | null;
  readonly lag: LagView;
  readonly tags: Tags;
  readonly pendingRestart: boolean;
  readonly pendingRestartReasons: readonly PendingRestartReason[];
  readonly scheduledRestart: Instant | null;
  readonly versions: { readonly postgres: string | null; readonly patroni: string | null };
  /** Member that it receives WAL from, where known. */
  readonly upstream: MemberName | null;
  readonly connections: number | null;
  readonly maxConnections: number | null;
  readonly witnesses: readonly MemberWitness[];
};

export type VipView = {
  readonly address: string;
  readonly follows: "leader" | "haproxy";
  /** Members or HAProxy nodes that hold it by the method below; more than one is a finding. */
  readonly holders: readonly string[];
  readonly method: "patroni" | "neighbour" | "haproxy" | null;
  readonly answers: boolean | null;
  readonly trust: Trust;
  readonly at: Instant | null;
  readonly since: Instant | null;
  readonly text: Message;
  readonly probes: readonly { readonly method: string; readonly text: Message }[];
};

export type HaproxyNodeView = {
  readonly name: string;
  readonly trust: Trust;
  readonly at: Instant | null;
  readonly failure: { readonly kind: FailureKind; readonly text: string } | null;
  readonly write: Pool | null;
  readonly read: Pool | null;
  readonly pools: readonly Pool[];
  /** Members that its write pool sends new sessions to. */
  readonly writesTo: readonly string[];
};

export type PgbouncerView = {
  readonly member: MemberName;
  readonly trust: Trust;
  readonly at: Instant | null;
  readonly failure: { readonly kind: FailureKind; readonly text: string } | null;
  readonly version: string | null;
  readonly pools: readonly PgbouncerPool[];
  readonly clientsActive: number | null;
  readonly clientsWaiting: number | null;
  readonly maxWaitMs: number | null;
  readonly paused: boolean | null;
  /** Where it sends sessions: `local` to this member, another member's name, or an address that we do not know. */
  readonly target: {
    readonly kind: "local" | "member" | "elsewhere" | "mixed" | "unknown";
    readonly name: string | null;
  };
};

export type DcsViewOnScreen = {
  readonly kind: "etcd3" | "etcd2" | "consul" | "none";
  readonly readAs: "etcd3" | "patroni";
  readonly trust: Trust;
  readonly at: Instant | null;
  readonly revision: string | null;
  readonly leaderKey: { readonly name: MemberName; readonly modRevision: string | null } | null;
  /** Since when *we* have seen the leader key (or its absence) unchanged, by our own clock; null before the first view. */
  readonly leaderKeySince: Instant | null;
  readonly hasQuorum: boolean | null;
  readonly members: readonly (DcsMemberStatus & {
    readonly trust: Trust;
    readonly failure: { readonly kind: FailureKind; readonly text: string } | null;
  })[];
  readonly ttlSeconds: number | null;
  readonly loopWaitSeconds: number | null;
};

export type SourceView = {
  /** `<kind>:<target>`. */
  readonly id: string;
  readonly kind: SourceKind;
  readonly target: string;
  readonly intervalMs: number;
  readonly lastOkAt: Instant | null;
  readonly lastTriedAt: Instant | null;
  /** Age of the last good answer at the snapshot's `at`; null when there was none. */
  readonly ageMs: number | null;
  /** How long the last good answer took; before there was one, the last attempt. */
  readonly latencyMs: number | null;
  readonly error: { readonly kind: FailureKind; readonly text: string } | null;
  readonly failures: number;
  readonly stale: boolean;
};

export type { Finding } from "./findings/finding";

export type Snapshot = {
  readonly scope: ClusterScope;
  readonly title: string;
  readonly environment: string | null;
  /** Grows by one with each published picture of this process. */
  readonly version: number;
  readonly at: Instant;
  readonly writePath: WritePath;
  readonly leader: {
    readonly name: MemberName;
    readonly since: Instant | null;
    readonly timeline: number | null;
  } | null;
  readonly members: readonly MemberView[];
  readonly dcs: DcsViewOnScreen;
  readonly vip: VipView | null;
  /** Null where no client's eye is configured. */
  readonly clientEye: ClientEyeView | null;
  readonly haproxy: readonly HaproxyNodeView[];
  readonly pgbouncer: readonly PgbouncerView[];
  readonly paused: boolean | null;
  readonly systemId: string | null;
  readonly scheduled: readonly {
    readonly kind: "switchover" | "restart";
    readonly at: Instant;
    readonly from: string | null;
    readonly to: string | null;
  }[];
  /** A failover or switchover that was asked for and is not over. */
  readonly handover: { readonly from: MemberName | null; readonly to: MemberName | null } | null;
  readonly history: readonly HistoryEntry[];
  readonly configuration: ConfigurationView | null;
  readonly backups: BackupsView;
  /** Null where PostgreSQL is not looked at. */
  readonly archiving: ArchivingView | null;
  readonly findings: readonly Finding[];
  /** What findings that need time remember; of no use to readers. */
  readonly watch: Watch;
  readonly sources: readonly SourceView[];
  /** How our own record does; null where none is kept. */
  readonly store: StoreView | null;
  /** Operations of ours that run or ended lately, and who paused the cluster; null where nothing can be done from here. */
  readonly actions: ActionBoard | null;
  /** Alerts of these findings, silences and maintenance; null where no alerts are kept. */
  readonly attention: AttentionBoard | null;
};
