import { freshOf, type MemberEvidence } from "../../evidence/evidence";
import type { MemberName } from "../../ids";
import { message } from "../../message";
import type { FailureKind } from "../../observation";
import type { Rule, VerdictInput } from "../ruling";

/** Failures by which the server itself answered that it takes no connection now. */
const REFUSES: ReadonlySet<FailureKind> = new Set(["refused", "reset", "starting-up"]);

/**
 * The key's holder gives no fresh answer. Out of our sight is unknown; it is called broken only when PostgreSQL itself
 * turned us away after it had let us in, or when the HAProxy nodes report the member down.
 */
export const leaderUnreachable: Rule = (input) => {
  const { leaderKey, byName } = input.evidence;
  if (leaderKey.state !== "held") return null;
  const leader = byName.get(leaderKey.name);
  if (leader && leader.writable.says !== "unknown") return null;
  const name = leaderKey.name;
  const base = { code: "leader-unreachable", writer: null, rests: [leaderKey.at] } as const;
  const peers = downByPeers(input, name);
  if (peers.down > 0 && peers.down === peers.asked) {
    const text = message("domain.verdict.leader-reported-down", { leader: name, count: peers.down });
    return { ...base, state: "broken", message: text, rests: [leaderKey.at, ...peers.rests] };
  }
  if (leader && turnsAway(leader)) {
    const text = message("domain.verdict.leader-refuses", { leader: name });
    return { ...base, state: "broken", message: text };
  }
  const text = message("domain.verdict.leader-unreachable", { leader: name, up: peers.asked - peers.down });
  return { ...base, state: "unknown", message: text };
};

function turnsAway(leader: MemberEvidence): boolean {
  const { postgres } = leader;
  const failure = postgres.state === "stale" ? postgres.failure : null;
  const saysOtherwise = freshOf(leader.patroni)?.state === "running";
  return failure !== null && REFUSES.has(failure.kind) && !saysOtherwise;
}

/** How many fresh HAProxy nodes check this member in their write pool, and how many of them report it down. */
function downByPeers({ evidence, haproxy }: VerdictInput, name: MemberName) {
  let asked = 0;
  let down = 0;
  const rests: number[] = [];
  for (const node of haproxy) {
    if (node.trust !== "fresh" || !node.at) continue;
    const server = node.write?.servers.find((s) => evidence.places.byServer(s) === name);
    if (!server || server.status === "unknown" || server.status === "no-check" || server.status === "maint") continue;
    asked++;
    if (server.status !== "down") continue;
    down++;
    rests.push(Date.parse(node.at));
  }
  return { asked, down, rests };
}
