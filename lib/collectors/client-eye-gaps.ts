import type { ClientEyeMemory, ClosedGap, OpenGap } from "@/lib/domain/client-eye/fold";
import { toWriteGap } from "@/lib/domain/client-eye/gap";
import type { ClusterState } from "@/lib/domain/cluster-state";
import type { WriteGap } from "@/lib/domain/events/event";
import type { EpochMs } from "@/lib/domain/ids";
import { history } from "@/lib/history/current";

/** A gap that lasts is told again this often, in ms: what is stored of it must survive our own death. */
const TELL_EVERY_MS = 1_000;
/** A server that has just started is known by its start time only after its member's next look; so long the end waits for its name. */
const NAME_WITHIN_MS = 5_000;

export type GapTeller = {
  /** Hands over what is new of a gap, if anything, after an outcome at `at` was folded into `state`. */
  follow(state: ClusterState, before: ClientEyeMemory, at: EpochMs): void;
};

/**
 * Tells the record of each gap: when it begins, at most each second while it lasts, and once when it is over. The record takes the
 * first end for good, so the end is held back a little where the server that took over has no name yet.
 */
export function tellGaps(record: (gap: WriteGap) => void = (gap) => history()?.gap(gap)): GapTeller {
  let toldAt: EpochMs = 0;
  let ending: ClosedGap | null = null;
  let from: { readonly startedAt: EpochMs; readonly name: string | null } | null = null;

  /** The server before a gap is named when it begins: an old leader that comes back has another start time. */
  function named(state: ClusterState, gap: OpenGap | ClosedGap): WriteGap {
    const known = toWriteGap(state, gap);
    if (from?.startedAt !== gap.startedAt || from.name === null) from = { startedAt: gap.startedAt, name: known.from };
    return { ...known, from: from.name };
  }

  function end(state: ClusterState, at: EpochMs): void {
    if (!ending) return;
    const gap = named(state, ending);
    const known = gap.to !== null || ending.to === null;
    if (!known && at - ending.endedAt < NAME_WITHIN_MS) return;
    ending = null;
    record(gap);
  }

  return {
    follow(state, before, at) {
      const memory = state.clientEye?.memory;
      if (!memory) return;
      if (memory.lastGap !== null && memory.lastGap !== before.lastGap) {
        ending = memory.lastGap;
      }
      // Another gap that begins does not wait for the name of the one before.
      end(state, memory.gap ? Number.POSITIVE_INFINITY : at);
      if (!memory.gap) return;
      const begun = before.gap === null;
      if (!begun && at - toldAt < TELL_EVERY_MS) return;
      toldAt = at;
      record(named(state, memory.gap));
    },
  };
}
