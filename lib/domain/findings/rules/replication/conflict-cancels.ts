import { freshOf, sourceId } from "../../../evidence/evidence";
import { message } from "../../../message";
import { know } from "../../../observation";
import type { FindingRule } from "../../rule";
import { ofMember } from "../../subject";
import type { TrackPoint } from "../../watch/types";

/** So many within the ten minutes of the track are more than a stray report. */
const WARN_FROM = 5;

/** Queries on a replica that were cancelled because replay had to go on. */
export const conflictCancels: FindingRule = {
  id: "conflict-cancels",
  group: "replication",
  runbook: "slow-queries",
  find({ picture, state, now, watch }) {
    return picture.members.flatMap(({ name }) => {
      const vitals = freshOf(know(state.vitals[name], now));
      const count = addedIn(watch.tracks[`conflicts:${name}`] ?? []);
      if (!vitals?.inRecovery || count === 0) return [];
      const text = message("finding.conflict-cancels.text", { member: name, count });
      const evidence = [{ text, sourceId: sourceId("postgres-vitals", name) }];
      return [{ severity: count >= WARN_FROM ? "warn" : "info", subject: ofMember(name), text, evidence }];
    });
  },
};

/** A counter that fell was reset, and what it shows then is not known to be new. */
function addedIn(track: readonly TrackPoint[]): number {
  const steps = track.slice(1).map(({ value }, i) => value - (track[i]?.value ?? value));
  return steps.reduce((sum, step) => sum + Math.max(0, step), 0);
}
