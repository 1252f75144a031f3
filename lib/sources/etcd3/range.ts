import { Range } from "etcd3";
import { ok, type Result, type SourceFailure } from "@/lib/domain/observation";
import { failureOf, failureText } from "@/lib/sources/shared/failure";
import type { EtcdConnection } from "./client";

export type KeyValue = {
  readonly key: string;
  readonly value: string;
  readonly modRevision: bigint;
  /** Null for a key without a lease. 64 bits, so text. */
  readonly lease: string | null;
};

/** All keys under a prefix, as of one revision of the store. */
export type Listing = { readonly revision: bigint; readonly keys: readonly KeyValue[]; readonly tookMs: number };

export type RawKeyValue = {
  readonly key: Buffer;
  readonly value: Buffer;
  readonly mod_revision: string;
  readonly lease: string;
};

export const keyValueOf = (raw: RawKeyValue): KeyValue => ({
  key: raw.key.toString("utf8"),
  value: raw.value.toString("utf8"),
  modRevision: BigInt(raw.mod_revision),
  lease: raw.lease === "0" ? null : raw.lease,
});

/**
 * Lists a prefix with a linearizable read, which also proves a quorum. A read that fails while the same member answers a
 * serializable one is `no-quorum`; the second read starts while the first still waits, so that a dead member is found
 * dead within `timeoutMs`.
 */
export async function listPrefix(
  connection: EtcdConnection,
  prefix: string,
  timeoutMs: number,
): Promise<Result<Listing>> {
  const started = performance.now();
  const deadline = Date.now() + timeoutMs;
  let alive: Promise<boolean> | null = null;
  const suspicion = setTimeout(() => {
    alive = answersLocally(connection, prefix, deadline);
  }, timeoutMs / 2);
  try {
    const answer = await range(connection, prefix, false, deadline);
    const keys = answer.kvs.map(keyValueOf);
    return ok({ revision: BigInt(answer.header.revision), keys, tookMs: performance.now() - started });
  } catch (error) {
    return { ok: false, failure: await diagnose(failureOf(error), alive) };
  } finally {
    clearTimeout(suspicion);
  }
}

async function diagnose(failure: SourceFailure, alive: Promise<boolean> | null): Promise<SourceFailure> {
  if (failure.kind === "no-quorum") return noQuorum;
  if (failure.kind !== "timeout" || alive === null) return failure;
  return (await alive) ? noQuorum : failure;
}

const noQuorum = failureText("no-quorum", "the etcd member answers, but has no leader to read through");

async function answersLocally(connection: EtcdConnection, prefix: string, deadline: number): Promise<boolean> {
  try {
    await range(connection, prefix, true, deadline);
    return true;
  } catch {
    return false;
  }
}

function range(connection: EtcdConnection, prefix: string, serializable: boolean, deadline: number) {
  const { start, end } = Range.prefix(prefix);
  return connection.etcd.kv.range({ key: start, range_end: end, serializable }, { deadline });
}
