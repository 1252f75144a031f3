import type { ClusterConfig } from "@/lib/config/types";
import type { Live } from "@/lib/live/types";
import { startClusterCollector } from "./cluster-collector";
import type { Collectors } from "./current";

/** Watches every configured cluster until it is stopped. */
export function startCollectors(clusters: readonly ClusterConfig[], live: Live): Collectors & { stop(): void } {
  const started = new Map<string, ReturnType<typeof startClusterCollector>>(
    clusters.map((cluster) => [cluster.scope, startClusterCollector(cluster, live)]),
  );
  return {
    lookAgain: async (scope, withinMs) => (await started.get(scope)?.lookAgain(withinMs)) ?? null,
    hurry: (scope) => started.get(scope)?.hurry(),
    setBoard: (scope, board) => started.get(scope)?.setBoard(board),
    setAttention: (scope, board) => started.get(scope)?.setAttention(board),
    onState: (scope, callback) => started.get(scope)?.onState(callback) ?? (() => undefined),
    stop() {
      for (const collector of started.values()) collector.stop();
    },
  };
}
