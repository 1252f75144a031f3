import type { EpochMs, Instant } from "../../ids";
import { instant } from "../../ids";
import type { Snapshot } from "../../snapshot";
import type { FindingPicture } from "../rule";
import { CHANGES_KEPT_MS, CHANGES_MAX, type Watch } from "./types";

/** What is watched for changing too often; null: it cannot be told now. */
const WATCHED: Readonly<Record<string, (picture: FindingPicture) => string | null>> = {
  "vip-holder": ({ vip }) => (vip?.trust === "fresh" && vip.holders.length > 0 ? vip.holders.join(" ") : null),
  "dcs-leader": ({ dcs }) => dcs.members.find((one) => one.isLeader && one.trust === "fresh")?.endpoint ?? null,
  leader: ({ leader }) => leader?.name ?? null,
};

/** Adds what changed between two pictures. What is not known in one of them counts for nothing: a blind spell is no change. */
export function foldChanges(
  before: Watch["changes"],
  previous: Snapshot | null,
  picture: FindingPicture,
  now: EpochMs,
): Watch["changes"] {
  if (previous === null) return before;
  const next: Record<string, readonly Instant[]> = {};
  for (const [what, tell] of Object.entries(WATCHED)) {
    const [was, is] = [tell(previous), tell(picture)];
    const kept = (before[what] ?? []).filter((at) => now - Date.parse(at) <= CHANGES_KEPT_MS);
    const changed = was !== null && is !== null && was !== is;
    const all = changed ? [...kept, instant(now)] : kept;
    if (all.length > 0) next[what] = all.slice(-CHANGES_MAX);
  }
  return next;
}
