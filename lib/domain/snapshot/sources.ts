import type { ClusterState } from "../cluster-state";
import { sourceId } from "../evidence/evidence";
import { naturally } from "../evidence/natural-order";
import { type EpochMs, instant } from "../ids";
import { know, type Look } from "../observation";
import type { SourceView } from "../snapshot";

/** One row a thing that is looked at, in a steady order: how old its last answer is and why the last look failed. */
export function viewSources(state: ClusterState, now: EpochMs): SourceView[] {
  const rooms = [
    state.dcsMembers,
    state.patroni,
    state.postgres,
    state.haproxy,
    state.pgbouncer,
    state.backups,
    state.basebackups,
  ];
  const looks: Look<unknown>[] = [state.dcs, ...rooms.flatMap(inOrder)];
  if (state.vip) looks.push(state.vip);
  if (state.clientEye) looks.push(state.clientEye.look);
  return looks.map((look) => viewSource(look, now));
}

function inOrder(room: Readonly<Record<string, Look<unknown>>>): Look<unknown>[] {
  return Object.values(room).sort((a, b) => naturally(a.target, b.target));
}

function viewSource(look: Look<unknown>, now: EpochMs): SourceView {
  const known = know(look, now);
  return {
    id: sourceId(look.source, look.target),
    kind: look.source,
    target: look.target,
    intervalMs: look.intervalMs,
    lastOkAt: look.good ? instant(look.good.at) : null,
    lastTriedAt: look.last ? instant(look.last.at) : null,
    ageMs: known.state === "unknown" ? null : known.ageMs,
    latencyMs: look.good?.tookMs ?? look.last?.tookMs ?? null,
    error: look.last?.failure ?? null,
    failures: look.failures,
    stale: known.state === "stale",
  };
}
