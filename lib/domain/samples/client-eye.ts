import type { ClusterState } from "../cluster-state";
import type { Sample } from "../metrics/sample";
import { collect } from "./collect";

/** How long each session through the VIP took to its answer. A session that failed took no time worth telling: it is in the gaps. */
export function clientEyeSamples(before: ClusterState | null, after: ClusterState): Sample[] {
  const { spec, clientEye } = after;
  if (!spec.clientEye || !clientEye) return [];
  const told = before?.clientEye?.memory.recent.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  const { address } = spec.clientEye;
  return clientEye.memory.recent
    .filter(({ at }) => at > told)
    .flatMap(({ at, tookMs }) => collect(address, at, [["client-latency-ms", tookMs]]));
}
