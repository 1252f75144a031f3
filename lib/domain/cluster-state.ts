import type { ActionBoard } from "./actions/operation";
import type { AttentionBoard } from "./alerts/types";
import type { BackupFacts, BaseBackupFacts } from "./backups/facts";
import type { BackupSpec } from "./backups/view";
import type { CertificateFacts } from "./certificates/facts";
import type { ClientEyeMemory } from "./client-eye/fold";
import type { ClientOutcome } from "./client-eye/outcome";
import type {
  DcsMemberStatus,
  DcsView,
  HaproxyFacts,
  PatroniStatus,
  PgbouncerFacts,
  PostgresFacts,
  VipFacts,
} from "./facts";
import type { FindingLimits } from "./findings/limits";
import type { ClusterScope, EpochMs, MemberName } from "./ids";
import type { Look } from "./observation";
import type { StoreView } from "./store";
import type { DatabaseSizes, PostgresVitals } from "./vitals/facts";

/** The part of a cluster's configuration that conclusions depend on; no secret, no transport detail. */
export type ClusterSpec = {
  readonly scope: ClusterScope;
  readonly title: string;
  /** Free text such as `production`; `production` is drawn so that it is never mistaken. */
  readonly environment: string | null;
  /** What is configured. `readAs` is what we really read: anything but etcd3 is read through Patroni's `/cluster`. */
  readonly dcs: {
    readonly kind: "etcd3" | "etcd2" | "consul" | "none";
    readonly readAs: "etcd3" | "patroni";
    readonly endpoints: readonly string[];
  };
  readonly haproxy: {
    readonly nodes: readonly string[];
    readonly writePool: string | null;
    readonly readPool: string | null;
  } | null;
  readonly pgbouncer: { readonly port: number } | null;
  readonly postgres: boolean;
  readonly vip: {
    readonly address: string;
    readonly follows: "leader" | "haproxy";
    readonly writePort: number | null;
  } | null;
  /** Where a session of our own is made again and again, as a client would; null where that is not configured. */
  readonly clientEye: { readonly address: string; readonly port: number; readonly intervalMs: number } | null;
  readonly backups: readonly BackupSpec[];
  /** Where findings begin. */
  readonly findings: FindingLimits;
};

/** A member that was ever seen since the start. Members vanish from the DCS when their key expires; the roster keeps them. */
export type RosterEntry = {
  readonly name: MemberName;
  readonly host: string | null;
  readonly port: number | null;
  readonly apiUrl: string | null;
  readonly firstSeenAt: EpochMs;
  readonly lastInDcsAt: EpochMs;
};

/** Everything that is remembered of one cluster: the input of every conclusion. */
export type ClusterState = {
  readonly spec: ClusterSpec;
  readonly roster: readonly RosterEntry[];
  readonly dcs: Look<DcsView>;
  /** Keyed by etcd endpoint. */
  readonly dcsMembers: Readonly<Record<string, Look<DcsMemberStatus>>>;
  /** Keyed by member name. */
  readonly patroni: Readonly<Record<string, Look<PatroniStatus>>>;
  readonly postgres: Readonly<Record<string, Look<PostgresFacts>>>;
  /** The slow look, keyed by member name. */
  readonly vitals: Readonly<Record<string, Look<PostgresVitals>>>;
  /** Keyed by member name; measured on the writable server alone. */
  readonly sizes: Readonly<Record<string, Look<DatabaseSizes>>>;
  readonly pgbouncer: Readonly<Record<string, Look<PgbouncerFacts>>>;
  /** Keyed by the HAProxy node's configured name. */
  readonly haproxy: Readonly<Record<string, Look<HaproxyFacts>>>;
  readonly vip: Look<VipFacts> | null;
  /** `look` is the last outcome that tells anything, a failed session among them; its failures are those of our own access. */
  readonly clientEye: { readonly look: Look<ClientOutcome>; readonly memory: ClientEyeMemory } | null;
  /** Keyed by the source's name, `<name>@<member>` where each member is asked. */
  readonly backups: Readonly<Record<string, Look<BackupFacts>>>;
  /** Keyed by member name; only where backups are configured. */
  readonly basebackups: Readonly<Record<string, Look<BaseBackupFacts>>>;
  /** Keyed as `certificateTarget` says; only what may speak TLS. Looked at hourly, and sooner where there is a reason. */
  readonly certificates: Readonly<Record<string, Look<CertificateFacts>>>;
  /** How our own record does; null where none is kept. */
  readonly store: StoreView | null;
  /** What `lib/actions` put on the board; null where nothing can be done from here. */
  readonly actions: ActionBoard | null;
  /** What `lib/alerts` put on the board; null where no alerts are kept. */
  readonly attention: AttentionBoard | null;
};
