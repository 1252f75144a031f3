import type { LockHolder } from "@/lib/domain/actions/facts";
import type { Operation } from "@/lib/domain/actions/operation";
import type { ClusterScope } from "@/lib/domain/ids";
import type { Carried } from "./carried";
import type { Picture } from "./pictures";
import type { Works } from "./works";

export const lockHolderOf = (works: Pick<Works, "hostname">, operation: Operation): LockHolder => ({
  operationId: operation.id,
  action: operation.action,
  actor: operation.actor,
  dashboard: works.hostname,
  at: operation.createdAt,
});

export const leaderRevisionOf = ({ state }: Pick<Picture, "state">): string | null =>
  state.dcs.good?.value.leader?.modRevision ?? null;

/**
 * Takes an operation's key in the DCS back after a crash. True when calls may be made: it is ours, or there is no such key on this
 * cluster. False: not yet, or somebody else holds it, and then nothing more is asked of anybody.
 */
export function regain(works: Works, carried: Carried): (picture: Picture) => Promise<boolean> {
  return async (picture) => {
    const { operation } = carried;
    const scope = operation.scope as ClusterScope;
    const taken = await works.lock.take(scope, lockHolderOf(works, operation), leaderRevisionOf(picture));
    if (taken.kind === "taken") carried.held = taken;
    return taken.kind === "taken" || taken.kind === "not-supported" || taken.kind === "not-permitted";
  };
}
