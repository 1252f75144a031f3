import { ok, type Result } from "@/lib/domain/observation";
import { connectEtcd, type EtcdAccess } from "./client";
import { firstAnswer } from "./first-answer";
import { prefixOf } from "./map";
import { listPrefix } from "./range";

/** Everything stored under one prefix, as of one revision; read once. */
export type DcsTree = {
  readonly prefix: string;
  readonly revision: string;
  readonly keys: readonly {
    readonly key: string;
    readonly value: string;
    readonly modRevision: string;
    readonly lease: string | null;
  }[];
};

/**
 * Reads all keys of a scope with a linearizable range over a connection of its own, from the first endpoint that answers.
 * Failures as of `listPrefix`: `no-quorum`, `timeout`, `forbidden`, `unauthorized`, whatever the transport meets.
 */
export function readEtcdTree(
  endpoints: readonly string[],
  options: EtcdAccess & {
    readonly namespace: string;
    readonly scope: string;
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
  },
): Promise<Result<DcsTree>> {
  const prefix = prefixOf(options.namespace, options.scope);
  const read = async (endpoint: string, signal: AbortSignal): Promise<Result<DcsTree>> => {
    const connected = await connectEtcd(endpoint, options, options.timeoutMs);
    if (!connected.ok) return connected;
    const connection = connected.value;
    const abort = () => connection.close();
    signal.addEventListener("abort", abort, { once: true });
    try {
      const listed = await listPrefix(connection, prefix, options.timeoutMs);
      if (!listed.ok) return listed;
      const keys = listed.value.keys.map((entry) => ({ ...entry, modRevision: String(entry.modRevision) }));
      return ok({ prefix, revision: String(listed.value.revision), keys });
    } finally {
      signal.removeEventListener("abort", abort);
      connection.close();
    }
  };
  return firstAnswer(endpoints, read, () => undefined, options.signal);
}
