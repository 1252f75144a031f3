import { z } from "zod";
import type { LockHolder } from "@/lib/domain/actions/facts";
import { type Instant, instant } from "@/lib/domain/ids";
import { parseJson } from "@/lib/sources/shared/json";
import type { EtcdConnection } from "./client";
import { keyValueOf, type RawKeyValue } from "./range";

/** The one key that we ever write to a DCS. */
export const lockKeyOf = (scope: string): string => `/matriarch/${scope}/lock`;

const holderSchema = z.looseObject({
  operationId: z.string(),
  action: z.string(),
  actor: z.string(),
  dashboard: z.string(),
  at: z.string(),
});

/** Something else than we write stands there: somebody holds it all the same. */
const SOMEBODY: LockHolder = {
  operationId: "unknown",
  action: "unknown",
  actor: "unknown",
  dashboard: "unknown",
  at: instant(0),
};

export function holderOf(value: string): LockHolder {
  const parsed = holderSchema.safeParse(parseJson(value));
  if (!parsed.success) return SOMEBODY;
  const { operationId, action, actor, dashboard, at } = parsed.data;
  return { operationId, action, actor, dashboard, at: at as Instant };
}

/** Both keys as of one moment. Revisions are 64 bits, so text. */
export type LockView = {
  readonly lock: { readonly holder: LockHolder; readonly modRevision: string; readonly lease: string | null } | null;
  readonly leader: { readonly name: string; readonly modRevision: string } | null;
};

/** Names of the two keys that a lock has to do with. */
export type LockKeys = { readonly lock: Buffer; readonly leader: Buffer };

type Responses = readonly { readonly response_range?: { readonly kvs: readonly RawKeyValue[] } | null }[];

/** The reads of both keys, as operations of a transaction; a linearizable one, as every transaction that is not all reads. */
export const readsOf = ({ lock, leader }: LockKeys) => [
  { request_range: { key: lock } },
  { request_range: { key: leader } },
];

/** Of the answers to {@link readsOf}. */
export function viewOf(responses: Responses): LockView {
  const [lock = null, leader = null] = responses.map(({ response_range: range }) => {
    const raw = range?.kvs[0];
    return raw ? keyValueOf(raw) : null;
  });
  return {
    lock: lock && { holder: holderOf(lock.value), modRevision: String(lock.modRevision), lease: lock.lease },
    leader: leader && { name: leader.value, modRevision: String(leader.modRevision) },
  };
}

/** A version is never negative: what stands behind it in a transaction is judged for permission, and never done. */
export const neverTrue = (key: Buffer) => ({ key, target: "Version", result: "Less", version: 0 }) as const;

/**
 * Reads both keys through the leader, by a transaction that would write the lock if the impossible came true: so etcd says at once
 * whether this user may. Nothing is written.
 */
export async function readLock({ etcd }: EtcdConnection, keys: LockKeys, timeoutMs: number): Promise<LockView> {
  const answer = await etcd.kv.txn(
    {
      compare: [neverTrue(keys.lock)],
      success: [{ request_put: { key: keys.lock, value: Buffer.alloc(0) } }],
      failure: readsOf(keys),
    },
    { deadline: Date.now() + timeoutMs },
  );
  return viewOf(answer.responses as Responses);
}
