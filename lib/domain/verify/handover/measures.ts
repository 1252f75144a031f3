import type { LossReceipt, Operation, Step } from "../../actions/operation";
import type { Fence } from "../../actions/plan";
import type { HistoryEntry } from "../../facts";
import type { EpochMs, Lsn } from "../../ids";
import { lagBytes, parseLsn } from "../../lsn";
import { isStandbyCluster } from "../../snapshot/member-role";
import { ranBefore, type Sight } from "../shared/sight";
import { doneAt, stepBefore } from "../shared/steps";
import type { VerifyWorld } from "../types";

type Gap = Pick<Operation, "writeGapMs" | "writeGapBasis">;

/**
 * How long nobody could write, in ms: by the client's eye, else from the last look that found the old leader writable to the first one
 * that found the new leader so. Null while it lasts, and where neither was seen.
 */
export function writeGap(operation: Operation, world: VerifyWorld, steps: readonly Step[], since: EpochMs): Gap {
  const byEye = gapByEye(world, since);
  if (byEye) return byEye;
  const { writeGapMs, writeGapBasis } = operation;
  if (writeGapMs !== null) return { writeGapMs, writeGapBasis };
  const from = steps.find(({ id }) => id === "demoted")?.startedAt ?? null;
  const to = doneAt(steps, "writable");
  if (from === null || to === null || to < Date.parse(from)) return { writeGapMs: null, writeGapBasis: null };
  return { writeGapMs: to - Date.parse(from), writeGapBasis: "observed" };
}

/** The longest gap of the client's eye that was over since then: an outage that a failover ends began before it. Null: none. */
export function gapByEye({ gaps, state }: Pick<VerifyWorld, "gaps" | "state">, since: EpochMs): Gap | null {
  const told = (gaps ?? []).flatMap(({ startedAt, endedAt }) =>
    endedAt === null ? [] : [{ from: Date.parse(startedAt), to: Date.parse(endedAt) }],
  );
  const last = state.clientEye?.memory.lastGap;
  const all = last ? [...told, { from: last.startedAt, to: last.endedAt }] : told;
  const lengths = all.filter(({ to }) => to >= since).map(({ from, to }) => to - from);
  return lengths.length === 0 ? null : { writeGapMs: Math.max(...lengths), writeGapBasis: "client-eye" };
}

/**
 * The loss receipt: where the old leader was last seen on its timeline against where Patroni's history says that it branched off. An old
 * leader that went without a word may have written more than was last seen of it: then a loss is known, but none is not.
 */
export function lossReceipt(operation: Operation, sight: Sight, since: EpochMs): LossReceipt | null {
  const { fence, receipt } = operation;
  const timeline = endedTimeline(fence, sight);
  if (fence.leader === null || timeline === null) return receipt;
  if (sight.dcs !== null && isStandbyCluster(sight.dcs)) return receipt;
  const oldLsn = further(receipt?.oldLsn ?? null, lastPosition(fence.leader, timeline, sight));
  const forkLsn = receipt?.forkLsn ?? forkOf(sight.dcs?.history ?? [], timeline);
  const before = receipt?.before ?? null;
  const beyond = lagBytes(oldLsn as Lsn | null, forkLsn as Lsn | null);
  if (beyond === null) return { before, oldLsn, forkLsn, lostBytes: null, basis: "unknown" };
  if (beyond > 0) return { before, oldLsn, forkLsn, lostBytes: beyond, basis: "measured" };
  const clean =
    ranBefore(fence, fence.leader) && (wasSeenStopping(operation) || steppedDown(fence.leader, sight, since));
  return clean
    ? { before, oldLsn, forkLsn, lostBytes: 0, basis: "none" }
    : { before, oldLsn, forkLsn, lostBytes: null, basis: "unknown" };
}

/** The timeline that the old leader wrote: of a dead one, by what was last seen of it. Null: not known. */
export function endedTimeline(fence: Fence, sight: Sight): number | null {
  if (fence.timeline !== null || fence.leader === null) return fence.timeline;
  const { postgres, patroni, dcs } = sight.member(fence.leader) ?? {};
  if (postgres && postgres.state !== "unknown" && !postgres.value.inRecovery) return postgres.value.timeline;
  if (patroni && patroni.state !== "unknown" && patroni.value.role === "primary") return patroni.value.timeline;
  return dcs?.role === "primary" ? dcs.timeline : null;
}

/** It answered, after it was told to go, that it no longer leads: Patroni stops it in good order and waits for the candidate. */
function steppedDown(leader: string, sight: Sight, since: EpochMs): boolean {
  const writable = sight.member(leader)?.writable;
  return writable?.says === "not-writable" && writable.at >= since;
}

const wasSeenStopping = (operation: Operation): boolean => stepBefore(operation, "demoted")?.state === "done";

/** Where it was last seen on that timeline, by whichever answer is furthest, fresh or not. */
function lastPosition(leader: string, timeline: number, sight: Sight): string | null {
  const member = sight.member(leader);
  if (!member) return null;
  const { postgres, patroni, dcs } = member;
  const sql = postgres.state !== "unknown" && !postgres.value.inRecovery ? postgres.value : null;
  const rest = patroni.state !== "unknown" && patroni.value.role === "primary" ? patroni.value : null;
  const key = dcs?.role === "primary" ? dcs : null;
  return [sql, rest, key]
    .map((one) => (one && one.timeline === timeline ? one.lsn : null))
    .reduce<string | null>((far, lsn) => further(far, lsn), null);
}

function further(a: string | null, b: string | null): string | null {
  const [x, y] = [parseLsn(a), parseLsn(b)];
  if (x === null || y === null) return x === null ? b : a;
  return y > x ? b : a;
}

const forkOf = (history: readonly HistoryEntry[], timeline: number): string | null =>
  history.findLast((entry) => entry.timeline === timeline)?.lsn ?? null;
