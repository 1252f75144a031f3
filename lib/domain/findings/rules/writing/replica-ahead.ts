import { freshOf, sourceId } from "../../../evidence/evidence";
import { parseLsn } from "../../../lsn";
import { message } from "../../../message";
import { know } from "../../../observation";
import { roughBytes } from "../../amounts";
import type { FindingDraft, FindingRule } from "../../rule";
import { ofMember } from "../../subject";
import { isOfMember } from "./verdict";

/** A timeline is read from the last restart point, so that right after a promotion an old one may be told. */
const HOLD_MS = 15_000;

/**
 * A replica has received WAL that its leader, asked later, has not written: the two have gone different ways on one timeline. An
 * answer of the replica that is younger than the question to the leader proves nothing.
 */
export const replicaAhead: FindingRule = {
  id: "replica-ahead",
  group: "writing",
  runbook: "replica-broken",
  find({ evidence, state, now }) {
    const { leaderKey } = evidence;
    if (leaderKey.state !== "held") return [];
    const leader = know(state.postgres[leaderKey.name], now);
    if (leader.state !== "fresh" || leader.value.inRecovery) return [];
    const askedAt = leader.at - (state.postgres[leaderKey.name]?.good?.tookMs ?? 0);
    const { timeline } = leader.value;
    const written = parseLsn(leader.value.lsn);
    return evidence.members.flatMap(({ name, postgres }): FindingDraft[] => {
      const own = freshOf(postgres);
      if (name === leaderKey.name || !own?.inRecovery || postgres.state !== "fresh" || postgres.at > askedAt) return [];
      const received = parseLsn(own.receivedLsn ?? own.replayedLsn);
      if (received === null || written === null || received <= written) return [];
      if (timeline === null || own.timeline !== timeline) return [];
      const ahead = roughBytes(Number(received - written));
      const text = message("finding.replica-ahead.text", { member: name, leader: leaderKey.name, ...ahead });
      const rests = [name, leaderKey.name].map((one) => ({ text, sourceId: sourceId("postgres", one) }));
      return [{ severity: "critical", subject: ofMember(name), text, evidence: rests, holdMs: HOLD_MS }];
    });
  },
  explains: (own, other) => isOfMember(own, other, "receiver-stopped"),
};
