import type { LockAbility, LockHolder } from "@/lib/domain/actions/facts";
import { fail, ok, type Result, type SourceFailure } from "@/lib/domain/observation";
import { failureOf } from "@/lib/sources/shared/failure";
import { connectEtcd, type EtcdAccess, type EtcdConnection } from "./client";
import { firstAnswer } from "./first-answer";
import { grantLease, revokeLease } from "./lease";
import { type HeldLock, holdLock, revokeAll } from "./lock-hold";
import { type LockKeys, type LockView, lockKeyOf, readLock, readsOf, viewOf } from "./lock-key";
import { prefixOf } from "./map";

export type EtcdLockOptions = EtcdAccess & {
  /** Client URLs; any healthy one serves. */
  readonly endpoints: readonly string[];
  /** Patroni's, with or without slashes at its ends: its leader key is what the lock is compared with. */
  readonly namespace: string;
  readonly scope: string;
  /** How long the lock outlives a dashboard that died, in seconds. */
  readonly ttlSeconds?: number | undefined;
};

export type TakeAnswer =
  | ({ readonly kind: "taken" } & HeldLock)
  | { readonly kind: "held"; readonly by: LockHolder }
  | { readonly kind: "leader-moved"; readonly leader: string | null }
  | { readonly kind: "not-permitted" }
  | { readonly kind: "failed"; readonly text: string };

export const LOCK_TTL_SECONDS = 120;
const DEADLINE_MS = 3_000;
/** Answers that were lost, and races for the key, are looked into anew this often, and no longer than this. */
const ATTEMPTS_MAX = 4;
const PATIENCE_MS = 10_000;

/** Whether the lock could be had now, and would be permitted. Writes nothing. Never rejects. */
export async function lockAbility(options: EtcdLockOptions): Promise<LockAbility> {
  const opened = await open(options);
  if (!opened.ok) return unable(opened.failure);
  const { connection, view } = opened.value;
  connection.close();
  return view.lock === null ? { kind: "free" } : { kind: "held", by: view.lock.holder };
}

/**
 * Takes the lock with a lease, in one transaction that compares the leader key's revision; see `DcsLock.take`. An answer that was lost is
 * looked into: a key that carries our operation is ours, whichever attempt wrote it. Never rejects.
 */
export async function takeLock(
  options: EtcdLockOptions,
  holder: LockHolder,
  leaderRevision: string | null,
): Promise<TakeAnswer> {
  let trouble: SourceFailure = { kind: "failed", text: "the lock was never asked for" };
  const began = performance.now();
  const doubtful: string[] = [];
  for (let attempt = 0; attempt < ATTEMPTS_MAX && performance.now() - began < PATIENCE_MS; attempt++) {
    const opened = await open(options);
    if (!opened.ok) {
      await revokeAll(options, doubtful);
      return unable(opened.failure);
    }
    const { connection, view } = opened.value;
    const hopeless = judge(view, holder, leaderRevision);
    if (hopeless) {
      connection.close();
      return hopeless;
    }
    const tried = await tryOnce(connection, options, holder, leaderRevision, view);
    connection.close();
    if (tried.kind === "done") return tried.answer;
    trouble = tried.failure;
    if (tried.lease !== null) doubtful.push(tried.lease);
  }
  // Whichever of them did write the key must not keep others out for as long as a lease lives.
  await revokeAll(options, doubtful);
  return { kind: "failed", text: trouble.text };
}

type Tried =
  | { readonly kind: "done"; readonly answer: TakeAnswer }
  /** `lease`: the key may hang on it, as its answer was lost. */
  | { readonly kind: "again"; readonly failure: SourceFailure; readonly lease: string | null };

async function tryOnce(
  connection: EtcdConnection,
  options: EtcdLockOptions,
  holder: LockHolder,
  leaderRevision: string | null,
  view: LockView,
): Promise<Tried> {
  const keys = keysOf(options);
  let lease: string | null = null;
  try {
    lease = await grantLease(connection, options.ttlSeconds ?? LOCK_TTL_SECONDS, DEADLINE_MS);
    // Before the transaction is sent: the lease may end no later than this clock says.
    const since = Date.now();
    const answer = await connection.etcd.kv.txn(
      {
        // A revision of 0 is that of a key that does not exist.
        compare: [
          { key: keys.lock, target: "Mod", result: "Equal", mod_revision: view.lock?.modRevision ?? "0" },
          { key: keys.leader, target: "Mod", result: "Equal", mod_revision: leaderRevision ?? "0" },
        ],
        success: [{ request_put: { key: keys.lock, value: Buffer.from(JSON.stringify(holder)), lease } }],
        failure: readsOf(keys),
      },
      { deadline: Date.now() + DEADLINE_MS },
    );
    if (answer.succeeded) {
      const held = holdLock(
        { ...options, ttlSeconds: options.ttlSeconds ?? LOCK_TTL_SECONDS },
        keys.lock,
        lease,
        since,
      );
      return { kind: "done", answer: { kind: "taken", ...held } };
    }
    await revokeLease(connection, lease, DEADLINE_MS);
    const lost = judge(viewOf(answer.responses as Parameters<typeof viewOf>[0]), holder, leaderRevision);
    if (lost) return { kind: "done", answer: lost };
    return { kind: "again", failure: { kind: "failed", text: "the lock changed while it was taken" }, lease: null };
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind === "forbidden") {
      // Nothing was written, so nothing hangs on it.
      if (lease !== null) await revokeLease(connection, lease, DEADLINE_MS);
      return { kind: "done", answer: { kind: "not-permitted" } };
    }
    return { kind: "again", failure, lease };
  }
}

/** Why the lock cannot be had as things stand; null where it can. Another holder goes first: who and what is what the loser asks. */
function judge(
  { lock, leader }: LockView,
  { operationId }: LockHolder,
  leaderRevision: string | null,
): TakeAnswer | null {
  if (lock && lock.holder.operationId !== operationId) return { kind: "held", by: lock.holder };
  if ((leader?.modRevision ?? null) !== leaderRevision) return { kind: "leader-moved", leader: leader?.name ?? null };
  return null;
}

const unable = (failure: SourceFailure): { kind: "not-permitted" } | { kind: "failed"; text: string } =>
  failure.kind === "forbidden" ? { kind: "not-permitted" } : { kind: "failed", text: failure.text };

export function keysOf({ namespace, scope }: Pick<EtcdLockOptions, "namespace" | "scope">): LockKeys {
  return { lock: Buffer.from(lockKeyOf(scope)), leader: Buffer.from(`${prefixOf(namespace, scope)}leader`) };
}

type Opened = { readonly connection: EtcdConnection; readonly view: LockView };

/** The first endpoint that reads through a leader. */
function open(options: EtcdLockOptions): Promise<Result<Opened>> {
  if (options.endpoints.length === 0) return Promise.resolve(fail("failed", "no endpoint is configured"));
  return firstAnswer<Opened>(
    options.endpoints,
    async (endpoint) => {
      const connected = await connectEtcd(endpoint, options, DEADLINE_MS);
      if (!connected.ok) return connected;
      const connection = connected.value;
      try {
        return ok({ connection, view: await readLock(connection, keysOf(options), DEADLINE_MS) });
      } catch (error) {
        connection.close();
        return { ok: false, failure: failureOf(error) };
      }
    },
    ({ connection }) => connection.close(),
    new AbortController().signal,
  );
}
