import type { HostName, ServiceName } from "./settings";

export type TruthServiceState = "running" | "stopped" | "frozen";

/** What one host's own kernel and processes say, asked from inside; `null` means no answer in time. */
export interface TruthHost {
  address: string;
  /** Its link is up. A frozen host is still reachable. */
  reachable: boolean;
  /** `null` while PostgreSQL is not running or not answering. */
  inRecovery: boolean | null;
  timeline: number | null;
  /** Whether its WAL receiver is streaming; `null` while PostgreSQL is not answering, false on a primary. */
  receiverStreaming: boolean | null;
  vip: boolean | null;
  /** Services the host has; `etcd` is absent beyond the third host. */
  services: Partial<Record<ServiceName, TruthServiceState>>;
  /** Server state by pool as this host's HAProxy sees it: `UP`, `DOWN`, `MAINT`, `UP 1/2`, … */
  haproxy: { write: Record<string, string>; read: Record<string, string> } | null;
  /** Ids are decimal strings: they are 64-bit. */
  etcd: { memberId: string; isLeader: boolean; raftTerm: number } | null;
  /** Role by Patroni's own REST, at most two and a half seconds old. */
  patroniRole: string | null;
  /** Flushed WAL on a primary, replayed WAL on a replica. */
  lsn: string | null;
}

/** One observation of the whole lab. Hosts are never left out. */
export interface Truth {
  /** ISO time at which the sample was begun. */
  at: string;
  hosts: Record<HostName, TruthHost>;
  /** Holder of Patroni's leader key by a linearizable read; null when free, or when etcd has no quorum. */
  leaderKey: string | null;
  leaderKeyRevision: string | null;
  vipHolders: HostName[];
  /** Hosts whose PostgreSQL accepts writes. More than one is a split brain. */
  writable: HostName[];
}
