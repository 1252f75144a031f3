import type { ClusterConfig } from "@/lib/config/types";
import type { EpochMs } from "@/lib/domain/ids";
import { fail, type Result } from "@/lib/domain/observation";
import { type DcsTree, readEtcdTree } from "@/lib/sources/etcd3/tree";

/** One reading of a scope's keys. */
export type DcsTreeLook = { readonly at: EpochMs; readonly tookMs: number; readonly result: Result<DcsTree> };

const TIMEOUT_MS = 3_000;
/** Readers within this time share one reading: a viewer more costs the DCS nothing. */
const SHARED_MS = 2_000;

const shared = new Map<string, { readonly startedAt: number; readonly look: Promise<DcsTreeLook> }>();

/**
 * The keys that Patroni keeps for a cluster, read when somebody asks. `unsupported` where the DCS is not read by us but through
 * Patroni. Never rejects.
 */
export function lookAtDcsTree({ scope, dcs }: ClusterConfig): Promise<DcsTreeLook> {
  const running = shared.get(scope);
  if (running && Date.now() - running.startedAt < SHARED_MS) return running.look;
  const startedAt = Date.now();
  const look = read().then((result) => ({ at: Date.now(), tookMs: Date.now() - startedAt, result }));
  shared.set(scope, { startedAt, look });
  return look;

  function read(): Promise<Result<DcsTree>> {
    if (dcs.kind !== "etcd3") return Promise.resolve(fail("unsupported", `${dcs.kind} is read through Patroni`));
    const { endpoints, namespace, username, password, tls } = dcs;
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    return readEtcdTree(endpoints, { namespace, scope, username, password, tls, timeoutMs: TIMEOUT_MS, signal });
  }
}
