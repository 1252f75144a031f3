import type { ClusterState } from "@/lib/domain/cluster-state";
import type { EpochMs } from "@/lib/domain/ids";
import type { Sample } from "@/lib/domain/metrics/sample";
import { samplesOf } from "@/lib/domain/samples/samples-of";
import { followWal, NO_WAL_MEMORY } from "@/lib/domain/samples/wal-trail";

/** Takes each new figure of a state once and hands it on; called with every state that is drawn. */
export function makeSampler(take: (samples: readonly Sample[]) => void): (state: ClusterState, now: EpochMs) => void {
  let before: ClusterState | null = null;
  let memory = NO_WAL_MEMORY;
  return (state, now) => {
    if (state === before) return;
    memory = followWal(memory, state, now);
    const samples = samplesOf(before, state, memory, now);
    before = state;
    if (samples.length > 0) take(samples);
  };
}
