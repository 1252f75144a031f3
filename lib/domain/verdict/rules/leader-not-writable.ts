import { freshOf } from "../../evidence/evidence";
import { message, selector } from "../../message";
import { recentlyChanged } from "../key-age";
import type { Rule } from "../ruling";

/** The key's holder was seen and does not accept writes: it is being promoted, or something is wrong with it. */
export const leaderNotWritable: Rule = ({ evidence, writers }) => {
  const { leaderKey } = evidence;
  if (leaderKey.state !== "held") return null;
  const leader = evidence.byName.get(leaderKey.name);
  if (leader?.writable.says !== "not-writable") return null;
  const rests = [leaderKey.at, leader.writable.at];
  const base = { state: "broken", writer: null, rests } as const;
  const status = freshOf(leader.patroni);
  const saysPrimary = status?.role === "primary" && status.state === "running";
  const name = leaderKey.name;
  const other = writers.find((w) => w.startedAt >= leaderKey.since);
  if (other) {
    const text = message("domain.verdict.leader-not-writable-other", { leader: name, other: other.name });
    return { ...base, code: "leader-not-writable", message: text, rests: [...rests, other.at] };
  }
  if (saysPrimary || recentlyChanged(evidence)) {
    return { ...base, code: "promoting", message: message("domain.verdict.promoting", { leader: name }) };
  }
  const text =
    status && status.state !== "running" && status.state !== "unknown"
      ? message("domain.verdict.leader-not-running", { leader: name, state: selector(status.state) })
      : message("domain.verdict.leader-not-writable", { leader: name });
  return { ...base, code: "leader-not-writable", message: text };
};
