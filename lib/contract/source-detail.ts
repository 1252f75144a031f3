import { z } from "zod";
import type { ClusterState } from "@/lib/domain/cluster-state";
import { instant } from "@/lib/domain/ids";
import type { Look } from "@/lib/domain/observation";
import { failureSchema, instantSchema, sourceKindSchema } from "./scalars";

/** What one source last answered and how its last attempt ended: the end of the way from a claim to its evidence. */
export const sourceDetailSchema = z.object({
  id: z.string().describe("<kind>:<target>"),
  kind: sourceKindSchema,
  target: z.string(),
  intervalMs: z.number(),
  failures: z.number().describe("Failed attempts since the last good one"),
  good: z.object({ at: instantSchema, tookMs: z.number(), value: z.unknown() }).nullable(),
  last: z.object({ at: instantSchema, tookMs: z.number(), failure: failureSchema.nullable() }).nullable(),
});
export type SourceDetail = z.output<typeof sourceDetailSchema>;

export const sourceId = (look: Pick<Look<unknown>, "source" | "target">): string => `${look.source}:${look.target}`;

/** Every source of a cluster, looked at or not. */
export function looksOf(state: ClusterState): Look<unknown>[] {
  const rooms = [
    state.dcsMembers,
    state.patroni,
    state.postgres,
    state.vitals,
    state.sizes,
    state.pgbouncer,
    state.haproxy,
    state.backups,
    state.basebackups,
    state.certificates,
  ];
  return [
    state.dcs,
    ...rooms.flatMap((room) => Object.values<Look<unknown>>(room)),
    ...(state.vip ? [state.vip] : []),
    ...(state.clientEye ? [state.clientEye.look] : []),
  ];
}

/** The source of that id, or null when the cluster has none such. */
export function sourceDetail(state: ClusterState, id: string): SourceDetail | null {
  const look = looksOf(state).find((one) => sourceId(one) === id);
  if (!look) return null;
  const { source, target, intervalMs, failures, good, last } = look;
  return {
    id,
    kind: source,
    target,
    intervalMs,
    failures,
    good: good && { at: instant(good.at), tookMs: good.tookMs, value: good.value },
    last: last && { at: instant(last.at), tookMs: last.tookMs, failure: last.failure },
  };
}
