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
    readonly intervalMs: number;
    readonly timeoutMs: number;
  } | null;
  readonly pgbouncer: {
    readonly port: number;
    readonly user: string;
    readonly password: Secret | null;
    readonly intervalMs: number;
    readonly timeoutMs: number;
  } | null;
  readonly haproxy: {
    readonly nodes: readonly {
      readonly name: string;
      readonly stats: string;
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
  /** Checked and kept for the pages that come; nothing reads them yet. */
  readonly backups: readonly { readonly kind: string; readonly stanza: string | null; readonly via: string }[];
};

export type Config = {
  /** Absolute path of the file. */
  readonly path: string;
  readonly server: { readonly port: number; readonly publicUrl: string | null };
  readonly store: { readonly url: Secret };
  readonly auth: {
    readonly users: readonly { readonly name: string; readonly passwordHash: Secret; readonly role: UserRole }[];
    readonly tokens: readonly { readonly name: string; readonly hash: string; readonly role: UserRole }[];
    /** Signs sessions; null: generated at the first start and kept beside the store. */
    readonly secret: Secret | null;
    readonly sessionHours: number;
  };
  readonly clusters: readonly ClusterConfig[];
};
