import { freshOf } from "../../evidence/evidence";
import { message } from "../../message";
import { pendingHandover } from "../pending";
import type { Rule } from "../ruling";

/** The leader key is gone. A member may still be open for a moment, or for as long as Patroni is paused; it is named as such. */
export const noLeader: Rule = ({ evidence, writers }) => {
  const { leaderKey } = evidence;
  if (leaderKey.state !== "absent" || writers.length > 1) return null;
  const paused = freshOf(evidence.dcs)?.pause === true;
  const [open] = writers;
  const rests = [leaderKey.at, ...writers.map((w) => w.at)];
  const base = { state: "broken", writer: null, rests } as const;
  if (paused) {
    const text = open
      ? message("domain.verdict.paused-no-leader-open", { member: open.name })
      : message("domain.verdict.paused-no-leader");
    return { ...base, code: "paused-no-leader", message: text };
  }
  const pending = pendingHandover(evidence);
  if (pending?.to) {
    const text = message("domain.verdict.no-leader-handover", { to: pending.to });
    return { ...base, code: "no-leader", message: text };
  }
  const text = open
    ? message("domain.verdict.no-leader-open", { member: open.name })
    : message("domain.verdict.no-leader");
  return { ...base, code: "no-leader", message: text };
};
