import { ok, type Result } from "@/lib/domain/observation";
import { failureOf, failureText } from "@/lib/sources/shared/failure";
import { connectEtcd, type EtcdAccess, type EtcdConnection } from "./client";
import { firstAnswer } from "./first-answer";
import { renewLease, revokeLease } from "./lease";

export type HeldLock = {
  /** Gives the lock back, and ends the lease. Where no endpoint can be told, the lease ends it by itself. Never rejects. */
  release(): Promise<void>;
  /** True as soon as it may be somebody else's: the lease has ended, or could not be renewed within its time. */
  lost(): boolean;
};

type HoldOptions = EtcdAccess & { readonly endpoints: readonly string[]; readonly ttlSeconds: number };

const DEADLINE_MS = 3_000;
/** Times within a lease's life that it is renewed. */
const RENEWALS = 4;

/**
 * Keeps a lock that was taken at `since` (ms since 1970) until it is released: renews its lease, and each time looks whether the key still
 * hangs on it. Every time on a connection of its own to whichever endpoint answers, so that no etcd member's end is the lock's.
 */
export function holdLock(options: HoldOptions, key: Buffer, lease: string, since: number): HeldLock {
  const { ttlSeconds } = options;
  const alive = clockFrom(since);
  let gone = false;
  let released = false;
  let renewing = false;

  const renew = async () => {
    if (renewing || gone || released) return;
    renewing = true;
    const sentAt = Date.now();
    const renewed = await withAny(options, async (connection) => {
      const lives = await renewLease(connection, lease, DEADLINE_MS);
      return lives && (await hangsOn(connection, key, lease));
    });
    renewing = false;
    if (!renewed.ok) return;
    if (renewed.value) alive.set(sentAt);
    else gone = true;
  };
  const timer = setInterval(() => void renew(), (ttlSeconds * 1_000) / RENEWALS);
  timer.unref();

  return {
    lost: () => gone || alive.elapsedMs() > ttlSeconds * 1_000,
    async release() {
      if (released) return;
      released = true;
      clearInterval(timer);
      await withAny(options, async (connection) => {
        await deleteOurs(connection, key, lease);
        if (await revokeLease(connection, lease, DEADLINE_MS)) return true;
        throw new Error("the lease could not be revoked");
      });
    },
  };
}

/** Ends leases of which it is not known whether the lock hangs on one. Where no endpoint can be told, each ends by itself. Never rejects. */
export async function revokeAll(options: Omit<HoldOptions, "ttlSeconds">, leases: readonly string[]): Promise<void> {
  await Promise.all(
    leases.map((lease) =>
      withAny(options, async (connection) => {
        if (await revokeLease(connection, lease, DEADLINE_MS)) return true;
        throw new Error("the lease could not be revoked");
      }),
    ),
  );
}

/** By both clocks, the larger counts: one stands still while the machine sleeps, the other can be set back. */
function clockFrom(since: number) {
  let wall = since;
  let steady = performance.now() - Math.max(0, Date.now() - since);
  return {
    set(at: number) {
      steady = performance.now() - Math.max(0, Date.now() - at);
      wall = at;
    },
    elapsedMs: () => Math.max(Date.now() - wall, performance.now() - steady),
  };
}

async function hangsOn({ etcd }: EtcdConnection, key: Buffer, lease: string): Promise<boolean> {
  const { kvs } = await etcd.kv.range({ key }, { deadline: Date.now() + DEADLINE_MS });
  return kvs[0]?.lease === lease;
}

/** Deletes the key only while it hangs on our lease: it may have been taken over meanwhile. */
function deleteOurs({ etcd }: EtcdConnection, key: Buffer, lease: string) {
  return etcd.kv.txn(
    {
      compare: [{ key, target: "Lease", result: "Equal", lease }],
      success: [{ request_delete_range: { key } }],
      failure: [],
    },
    { deadline: Date.now() + DEADLINE_MS },
  );
}

/** Does something that may be repeated without harm, through the first endpoint by which it works. Never rejects. */
function withAny<T>(
  options: Omit<HoldOptions, "ttlSeconds">,
  work: (connection: EtcdConnection) => Promise<T>,
): Promise<Result<T>> {
  return firstAnswer<T>(
    options.endpoints,
    async (endpoint, signal) => {
      if (signal.aborted) return { ok: false, failure: failureText("aborted") };
      const connected = await connectEtcd(endpoint, options, DEADLINE_MS);
      if (!connected.ok) return connected;
      try {
        return ok(await work(connected.value));
      } catch (error) {
        return { ok: false, failure: failureOf(error) };
      } finally {
        connected.value.close();
      }
    },
    () => undefined,
    new AbortController().signal,
  );
}
