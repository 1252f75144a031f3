import { message } from "../../message";
import { recentlyChanged } from "../key-age";
import type { Rule } from "../ruling";

/**
 * Several members said "writable", but the answers may lie on either side of a handover (see `split-brain`): nobody is
 * named until the next looks tell. Right after the key moved that is the course of things; otherwise we do not know.
 */
export const contested: Rule = ({ evidence, writers }) => {
  const [a, b] = writers;
  if (!a || !b) return null;
  const { leaderKey } = evidence;
  const holder = leaderKey.state === "held" ? leaderKey.name : null;
  const other = writers.find((w) => w.name !== holder);
  const rests = writers.map((w) => w.at);
  if (holder !== null && other && recentlyChanged(evidence)) {
    const text = message("domain.verdict.handover-settling", { leader: holder, other: other.name });
    return { state: "degraded", code: "handover", writer: null, message: text, rests };
  }
  const text = message("domain.verdict.contested", { a: a.name, b: b.name, more: writers.length - 2 });
  return { state: "unknown", code: "blind", writer: null, message: text, rests };
};
