import { message } from "../../../message";
import { roughBytes } from "../../amounts";
import { hopsOf } from "../../hops";
import type { FindingRule } from "../../rule";
import { ofMember } from "../../subject";
import { TRACK_STEP_MS, type TrackPoint } from "../../watch/types";

/** Three minutes of it: seven points are six steps of half a minute. */
const POINTS = 7;
/** Growth is worth a word from this share of the limit on, long before the limit itself. */
const SHARE_OF_LIMIT = 4;

/** A lag that only ever grows: the member takes in less than the leader writes, and time alone does not help. */
export const lagGrowing: FindingRule = {
  id: "lag-growing",
  group: "replication",
  runbook: "replica-lagging",
  find({ picture, state, now, limits, watch }) {
    return hopsOf(picture, state, now).flatMap(({ member, bytes, sourceId }) => {
      const grown = growthOf(watch.tracks[`replay-lag:${member.name}`] ?? [], now);
      const worthAWord = limits.lagWarnBytes / SHARE_OF_LIMIT;
      if (grown === null || grown < worthAWord || bytes < worthAWord) return [];
      const text = message("finding.lag-growing.text", { member: member.name, ...roughBytes(bytes) });
      return [{ severity: "warn", subject: ofMember(member.name), text, evidence: [{ text, sourceId }] }];
    });
  },
};

/** By how much the last points rose, each above the one before; null where they did not, or where one is missing. */
function growthOf(track: readonly TrackPoint[], now: number): number | null {
  const points = track.slice(-POINTS);
  const [first, last] = [points.at(0), points.at(-1)];
  if (points.length < POINTS || !first || !last || now - last.at > 2 * TRACK_STEP_MS) return null;
  if (last.at - first.at > (POINTS + 1) * TRACK_STEP_MS) return null;
  const rises = points.every(({ value }, i) => i === 0 || value > (points[i - 1]?.value ?? value));
  return rises ? last.value - first.value : null;
}
