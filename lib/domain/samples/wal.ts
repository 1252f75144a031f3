import type { ClusterState } from "../cluster-state";
import type { PostgresFacts } from "../facts";
import { parseLsn } from "../lsn";
import type { Sample } from "../metrics/sample";
import { collect, type Figure } from "./collect";
import { type Moved, movedLooks, perSecond } from "./moved";

/** WAL that each writable server wrote a second, and WAL that each server's slots hold back. */
export function walSamples(before: ClusterState | null, after: ClusterState): Sample[] {
  return movedLooks(before?.postgres, after.postgres).flatMap((look) =>
    collect(look.target, look.at, [["wal-bytes-per-second", walRate(look)], ...look.value.slots.map(retained)]),
  );
}

const retained = (slot: PostgresFacts["slots"][number]): Figure => [
  "slot-retained-bytes",
  slot.retainedBytes,
  slot.name,
];

/** Positions compare on one timeline of one role only: a promotion begins anew. */
function walRate(look: Moved<PostgresFacts>): number | null {
  const { value, was } = look;
  if (!was || value.inRecovery || was.value.inRecovery || value.timeline !== was.value.timeline) return null;
  const [to, from] = [parseLsn(value.lsn), parseLsn(was.value.lsn)];
  if (to === null || from === null || to < from) return null;
  return perSecond(look, Number(to - from));
}
