import type { ClusterSpec } from "../cluster-state";
import { DEFAULT_LIMITS } from "../findings/limits";
import { clusterScope, type EpochMs } from "../ids";
import { addressOf } from "./facts";

/** 21 November 2026, 03:00 UTC. */
export const NOW: EpochMs = Date.UTC(2026, 10, 21, 3, 0, 0);
export const VIP_ADDRESS = "10.0.0.200";
export const WRITE_POOL = "postgres_master";
export const READ_POOL = "postgres_replicas";

export type ClusterOptions = {
  readonly names?: readonly string[];
  readonly leader?: string;
  readonly now?: EpochMs;
  readonly scope?: string;
  readonly title?: string;
  readonly environment?: string | null;
  /** Which systems are configured; all by default. */
  readonly haproxy?: boolean;
  readonly pgbouncer?: boolean;
  readonly postgres?: boolean;
  readonly vip?: "leader" | "haproxy" | null;
  /** The client's eye is optional in life, and off here unless asked for. */
  readonly clientEye?: boolean;
};

/** What is configured of such a cluster. */
export function specOf(names: readonly string[], options: ClusterOptions): ClusterSpec {
  const { haproxy = true, pgbouncer = true, postgres = true, vip = "leader" } = options;
  const environment = options.environment === undefined ? "production" : options.environment;
  return {
    scope: clusterScope(options.scope ?? "demo"),
    title: options.title ?? "1C ERP, production",
    environment,
    dcs: {
      kind: "etcd3",
      readAs: "etcd3",
      endpoints: names.slice(0, 3).map((_, i) => `http://${addressOf(i)}:2379`),
    },
    haproxy: haproxy ? { nodes: names, writePool: WRITE_POOL, readPool: READ_POOL } : null,
    pgbouncer: pgbouncer ? { port: 6432 } : null,
    postgres,
    vip: vip ? { address: VIP_ADDRESS, follows: vip, writePort: 7000 } : null,
    clientEye: options.clientEye ? { address: VIP_ADDRESS, port: 7000, intervalMs: 250 } : null,
    backups: [],
    findings: DEFAULT_LIMITS,
  };
}
