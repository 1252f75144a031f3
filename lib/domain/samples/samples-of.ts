import type { ClusterState } from "../cluster-state";
import type { EpochMs } from "../ids";
import type { Sample } from "../metrics/sample";
import { clientEyeSamples } from "./client-eye";
import { haproxySamples } from "./haproxy";
import { lagSamples } from "./lag";
import { pgbouncerSamples } from "./pgbouncer";
import { dcsSamples, latencySamples, sizeSamples } from "./sources";
import { vitalsSamples } from "./vitals";
import { walSamples } from "./wal";
import type { WalMemory } from "./wal-trail";

/**
 * Every figure that `after` has and `before` had not: each answer is sampled once, at the moment it was observed. `before` is the state
 * that samples were last taken of, `memory` what `followWal` made of the states up to `after`.
 */
export function samplesOf(before: ClusterState | null, after: ClusterState, memory: WalMemory, now: EpochMs): Sample[] {
  return [
    ...lagSamples(before, after, memory, now),
    ...walSamples(before, after),
    ...vitalsSamples(before, after),
    ...sizeSamples(before, after),
    ...pgbouncerSamples(before, after),
    ...haproxySamples(before, after),
    ...dcsSamples(before, after),
    ...latencySamples(before, after),
    ...clientEyeSamples(before, after),
  ];
}
