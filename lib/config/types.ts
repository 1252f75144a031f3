import type { ActionKind } from "@/lib/domain/actions/request";
import type { Severity } from "@/lib/domain/findings/finding";
import type { FindingLimits } from "@/lib/domain/findings/limits";
import type { ClusterScope } from "@/lib/domain/ids";

/** `matriarch.yaml` after checking: defaults filled in, environment and secret files resolved. Never serialised anywhere. */

export type UserRole = "viewer" | "operator" | "admin";

/** A value that must not reach a log, an answer or a page: `JSON.stringify` and string conversion show `[secret]`. */
export class Secret {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  reveal(): string {
    return this.#value;
  }
  toString(): string {
    return "[secret]";
  }
  toJSON(): string {
    return "[secret]";
  }
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return "[secret]";
  }
}

export type TlsConfig = {
  /** PEM text. */
  readonly ca: string | null;
  readonly cert: string | null;
  readonly key: Secret | null;
  readonly insecure: boolean;
};

/** One place that is asked about backups. */
export type BackupConfig = {
  /** Unique in its cluster; the kind, unless named. */
  readonly name: string;
  readonly kind: "pgbackrest" | "wal-g" | "barman" | "directory";
  readonly via: "sql" | "command" | "ssh" | "directory";
  /** Of pgBackRest; a server's name of Barman. Null: found by the cluster's system identifier. */
  readonly stanza: string | null;
  /** For `sql`: checked to be a plain name, with or without a schema. */
  readonly function: string;
  /** For `command` and `ssh`: the program and its arguments, as they are; empty for a folder, which is listed by a script of ours. */
  readonly command: readonly string[];
  readonly ssh: {
    readonly host: string;
    readonly user: string | null;
    readonly port: number;
    readonly identityFile: string | null;
    readonly knownHostsFile: string | null;
  } | null;
  /** Of the kind `directory`: absolute, or as given where it is another host's. */
  readonly path: string | null;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly maxAgeMs: number;
  readonly outputMaxBytes: number;
};

export type ClusterConfig = {
  readonly scope: ClusterScope;
  readonly title: string;
  readonly environment: string | null;
  readonly dcs: {
    readonly kind: "etcd3" | "etcd2" | "consul" | "none";
    readonly endpoints: readonly string[];
    /** Without slashes at either end, for example `db` or `service`. */
    readonly namespace: string;
    readonly username: string | null;
    readonly password: Secret | null;
    readonly tls: TlsConfig | null;
  };
  readonly patroni: {
    /** Origins without a trailing slash. Empty: discovered from the DCS. */
    readonly seeds: readonly string[];
    readonly username: string | null;
    readonly password: Secret | null;
    readonly tls: TlsConfig | null;
    readonly intervalMs: number;
    readonly timeoutMs: number;
  };
  readonly postgres: {
    readonly user: string;
    readonly password: Secret | null;
    readonly database: string;
    readonly sslmode: "disable" | "prefer" | "require" | "verify-ca" | "verify-full";
    readonly ca: string | null;
    /** The smallest role that may read the text of queries. */
    readonly showQueries: "viewer" | "operator";
    readonly intervalMs: number;
    /** Beat of the slow look: statistics, sessions, the archiver. */
    readonly vitalsIntervalMs: number;
    readonly timeoutMs: number;
  } | null;
  readonly pgbouncer: {
    readonly port: number;
    readonly user: string;
    readonly password: Secret | null;
    /** Who pauses and resumes, one of `admin_users`. Null: `user` does. */
    readonly admin: { readonly user: string; readonly password: Secret | null } | null;
    readonly intervalMs: number;
    readonly timeoutMs: number;
  } | null;
  readonly haproxy: {
    readonly nodes: readonly {
      readonly name: string;
      readonly stats: string;
      /** `host:port` of its runtime API over TCP, by which servers are then set; null: by the statistics page. */
      readonly runtime: string | null;
      readonly username: string | null;
      readonly password: Secret | null;
    }[];
    readonly writePool: string | null;
    readonly readPool: string | null;
    readonly intervalMs: number;
    readonly timeoutMs: number;
  } | null;
  readonly vip: {
    readonly address: string;
    readonly follows: "leader" | "haproxy";
    readonly writePort: number | null;
    readonly intervalMs: number;
    readonly timeoutMs: number;
  } | null;
  /**
   * The client's eye: a session of our own through the VIP's write port, made anew at each interval, that measures what a client
   * would have felt. Null: not configured, and no such session is ever made. It costs the leader one login and one short
   * statement an interval, and a line in its log for each where `log_connections` is on.
   */
  readonly clientEye: {
    /** The VIP's address and write port. */
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly password: Secret | null;
    readonly database: string;
    readonly sslmode: NonNullable<ClusterConfig["postgres"]>["sslmode"];
    /** PEM text. */
    readonly ca: string | null;
    readonly intervalMs: number;
    /** Hard limit of one session. */
    readonly timeoutMs: number;
  } | null;
  readonly backups: readonly BackupConfig[];
  /** Where findings begin, and which are not wanted. */
  readonly findings: FindingLimits;
  readonly actions: {
    /** What a second operator must approve. */
    readonly approval: readonly ActionKind[];
    /** An approval that is not given within this time is withdrawn, in ms. */
    readonly approvalWithinMs: number;
    /** What this dashboard never does on this cluster. */
    readonly disabled: readonly ActionKind[];
  };
};

export const NOTIFIER_KINDS = ["smtp", "telegram", "slack", "webhook", "alertmanager"] as const;
export type NotifierKind = (typeof NOTIFIER_KINDS)[number];

type NotifierBase = {
  /** Unique; it is in addresses and in the record of deliveries. */
  readonly name: string;
  readonly language: "en" | "ru";
  readonly severities: readonly Severity[];
  /** Null: of every cluster. */
  readonly clusters: readonly ClusterScope[] | null;
  /** Null: of every environment, and of clusters without one. */
  readonly environments: readonly string[] | null;
  /** Hard limit of one attempt. */
  readonly timeoutMs: number;
};

export type SmtpConfig = NotifierBase & {
  readonly kind: "smtp";
  readonly host: string;
  readonly port: number;
  /** `starttls`: not a word before the connection is encrypted. `implicit`: encrypted from the start. `none`: in the clear. */
  readonly tls: "starttls" | "implicit" | "none";
  /** PEM text of who signed the server's certificate; null: the system's. */
  readonly ca: string | null;
  /** Takes any certificate. */
  readonly insecure: boolean;
  readonly username: string | null;
  readonly password: Secret | null;
  readonly from: string;
  readonly to: readonly string[];
};

export type TelegramConfig = NotifierBase & {
  readonly kind: "telegram";
  readonly token: Secret;
  readonly chatId: string;
  /** Without a trailing slash. */
  readonly apiUrl: string;
};

/** An incoming webhook as Slack and Mattermost have it; whoever knows its address may post there. */
export type SlackConfig = NotifierBase & { readonly kind: "slack"; readonly url: Secret };

export type WebhookConfig = NotifierBase & {
  readonly kind: "webhook";
  readonly url: Secret;
  /** Signs what is sent; null: it goes unsigned. */
  readonly secret: Secret | null;
};

export type AlertmanagerConfig = NotifierBase & {
  readonly kind: "alertmanager";
  /** Of every Alertmanager of one cluster, without a trailing slash: each is told. */
  readonly urls: readonly string[];
  readonly username: string | null;
  readonly password: Secret | null;
};

export type NotifierConfig = SmtpConfig | TelegramConfig | SlackConfig | WebhookConfig | AlertmanagerConfig;

export type AlertsConfig = {
  /** A finding must have lasted for so long before anybody is told of it. */
  readonly holdMs: number;
  readonly holdCriticalMs: number;
  /** What was gone for so long is over; what comes back before is the same. */
  readonly resolveAfterMs: number;
  /** What happens within this time is told in one message. */
  readonly batchMs: number;
  /** A critical alert that nobody acknowledges is told again so often; null: never. */
  readonly remindAfterMs: number | null;
  readonly notifiers: readonly NotifierConfig[];
  /** Pinged while all is well with the dashboard itself, so that somebody else notices when it dies. */
  readonly deadMan: { readonly url: Secret; readonly everyMs: number } | null;
};

export type Config = {
  /** Absolute path of the file. */
  readonly path: string;
  readonly server: { readonly port: number; readonly publicUrl: string | null };
  readonly store: {
    readonly url: Secret;
    /** How long each kind of record is kept, in ms. */
    readonly retention: {
      readonly samples2s: number;
      readonly samples10s: number;
      readonly samples1m: number;
      readonly samples10m: number;
      readonly events: number;
      readonly pictures: number;
    };
  };
  readonly auth: {
    readonly users: readonly { readonly name: string; readonly passwordHash: Secret; readonly role: UserRole }[];
    readonly tokens: readonly { readonly name: string; readonly hash: string; readonly role: UserRole }[];
    /** Signs sessions; null: generated at the first start and kept beside the store. */
    readonly secret: Secret | null;
    readonly sessionHours: number;
  };
  readonly clusters: readonly ClusterConfig[];
  readonly alerts: AlertsConfig;
  /** Who may read `/api/metrics`: whoever may look, by token or session, or anyone who reaches the port. */
  readonly metrics: { readonly access: "viewer" | "anyone" };
};
