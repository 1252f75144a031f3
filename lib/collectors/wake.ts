import type { DcsMember, DcsView } from "@/lib/domain/facts";
import type { Snapshot } from "@/lib/domain/snapshot";

/**
 * Whether a change in the DCS is news that the other sources must be asked about at once. Positions are rewritten each
 * `loop_wait` and are not.
 */
export function isNews(before: DcsView | null, after: DcsView): boolean {
  if (!before) return true;
  return (
    before.leader?.name !== after.leader?.name ||
    before.leader?.modRevision !== after.leader?.modRevision ||
    before.pause !== after.pause ||
    !same(before.failover, after.failover) ||
    !same(before.sync, after.sync) ||
    before.history.length !== after.history.length ||
    !same(before.members.map(essence), after.members.map(essence))
  );
}

function essence(member: DcsMember) {
  return [
    member.name,
    member.host,
    member.port,
    member.apiUrl,
    member.role,
    member.state,
    member.replicationState,
    member.timeline,
    member.pendingRestart,
  ];
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** The fast beat ends when the picture has been steady this long, in ms. */
export const STEADY_FOR_MS = 5_000;
/** … or after this long, steady or not: we are a guest, and a broken cluster may stay broken for hours. */
export const FAST_AT_MOST_MS = 120_000;

/** Whether nothing on the picture is on its way to something else. */
export function isSteady(snapshot: Pick<Snapshot, "writePath" | "handover" | "members">): boolean {
  return (
    snapshot.writePath.state === "ok" &&
    snapshot.handover === null &&
    snapshot.members.every((member) => member.presence === "missing" || member.state === "running")
  );
}
