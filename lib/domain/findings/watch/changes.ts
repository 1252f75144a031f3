import type { EpochMs, Instant } from "../../ids";
import { instant } from "../../ids";
import type { FindingPicture } from "../rule";
import { CHANGES_KEPT_MS, CHANGES_MAX, type Watch } from "./types";

/** What is watched for changing too often; null: it cannot be told now. */
const WATCHED: Readonly<Record<string, (picture: FindingPicture) => string | null>> = {
  "vip-holder": ({ vip }) => (vip?.trust === "fresh" && vip.holders.length === 1 ? (vip.holders[0] ?? null) : null),
  "dcs-leader": ({ dcs }) => dcs.members.find((one) => one.isLeader && one.trust === "fresh")?.endpoint ?? null,
  // Every election begins a term, also one that gives the same leader again.
  "dcs-term": ({ dcs }) =>
    newestTerm(dcs.members.flatMap((one) => (one.trust === "fresh" ? (one.raftTerm ?? []) : []))),
  leader: ({ leader }) => leader?.name ?? null,
  // When the last maintenance window that was in force was to end: what is still out after it was forgotten.
  "maintenance-until": ({ attention, at }) =>
    attention?.silences.find(
      ({ kind, from, until, ended }) => kind === "maintenance" && ended === null && from <= at && at < until,
    )?.until ?? null,
};

/**
 * Adds what changed since it could last be told: a moment in which nothing is known, or in which there is nothing, is no change and
 * hides none. What was before the first picture is not known, so that a dashboard that starts has seen nothing change.
 */
export function foldChanges(
  before: Pick<Watch, "changes" | "told">,
  picture: FindingPicture,
  now: EpochMs,
): Pick<Watch, "changes" | "told"> {
  const changes: Record<string, readonly Instant[]> = {};
  const told: Record<string, string> = {};
  for (const [what, tell] of Object.entries(WATCHED)) {
    const was = before.told[what];
    const is = tell(picture) ?? was;
    const kept = (before.changes[what] ?? []).filter((at) => now - Date.parse(at) <= CHANGES_KEPT_MS);
    const changed = was !== undefined && is !== was;
    const all = changed ? [...kept, instant(now)] : kept;
    if (all.length > 0) changes[what] = all.slice(-CHANGES_MAX);
    if (is !== undefined) told[what] = is;
  }
  return { changes, told };
}

/** Terms are 64 bits, so they come as text. A member that was cut off may still be in an old one. */
function newestTerm(terms: readonly string[]): string | null {
  const known = terms.filter((term) => /^\d+$/.test(term)).map(BigInt);
  const [newest] = known.sort((a, b) => (a > b ? -1 : 1));
  return newest === undefined ? null : String(newest);
}
