import type { ClusterState } from "../cluster-state";
import type { Sample } from "../metrics/sample";
import { collect, type Figure } from "./collect";
import { movedLooks } from "./moved";

/** Sessions and queue of each pool (`<pool>`) and each of its servers (`<pool>/<server>`), by HAProxy node. */
export function haproxySamples(before: ClusterState | null, after: ClusterState): Sample[] {
  return movedLooks(before?.haproxy, after.haproxy).flatMap(({ target, at, value }) =>
    collect(
      target,
      at,
      value.pools.flatMap((pool) => [
        ...loadOf(pool.name, pool),
        ...pool.servers.flatMap((server) => loadOf(`${pool.name}/${server.name}`, server)),
      ]),
    ),
  );
}

const loadOf = (detail: string, { sessions, queue }: { sessions: number | null; queue: number | null }): Figure[] => [
  ["haproxy-sessions", sessions, detail],
  ["haproxy-queue", queue, detail],
];
