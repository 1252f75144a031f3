import { NAMESPACE, SCOPE } from "../settings";
import type { TruthHost } from "../truth-types";
import { askRelay } from "./relay";

export interface LeaderKey {
  holder: string | null;
  modRevision: string | null;
  /** Revision of the store at the read; the newest answer wins. */
  storeRevision: bigint;
}

/** A member about itself. It answers without a quorum too, then with a leader id of 0. */
export async function askMember(socketPath: string, boundMs: number): Promise<TruthHost["etcd"]> {
  return parseMember(await askRelay(socketPath, "/v3/maintenance/status", boundMs, {}));
}

/** etcd's JSON writes 64-bit numbers as strings, and leaves a zero out. */
export function parseMember(answer: Record<string, unknown> | null): TruthHost["etcd"] {
  const header = answer?.header as { member_id?: string; raft_term?: string } | undefined;
  if (answer === null || header?.member_id === undefined) return null;
  const raftTerm = Number(answer.raftTerm ?? header.raft_term ?? 0);
  return { memberId: header.member_id, isLeader: answer.leader === header.member_id, raftTerm };
}

/** Patroni's leader key by a linearizable read: without a quorum there is no answer, rather than an old one. */
export async function askLeaderKey(socketPath: string, boundMs: number): Promise<LeaderKey | null> {
  const key = Buffer.from(`${NAMESPACE}${SCOPE}/leader`).toString("base64");
  return parseLeaderKey(await askRelay(socketPath, "/v3/kv/range", boundMs, { key }));
}

export function parseLeaderKey(answer: Record<string, unknown> | null): LeaderKey | null {
  const header = answer?.header as { revision?: string } | undefined;
  if (answer === null || header?.revision === undefined) return null;
  const [kv] = (answer.kvs ?? []) as { value?: string; mod_revision?: string }[];
  return {
    holder: kv?.value === undefined ? null : Buffer.from(kv.value, "base64").toString("utf8"),
    modRevision: kv?.mod_revision ?? null,
    storeRevision: BigInt(header.revision),
  };
}
