import type { PlanContext } from "../../actions/facts";
import type { Check, CheckEvidence } from "../../actions/plan";
import { freshOf, lastOf, sourceId } from "../../evidence/evidence";
import type { Instant, Lsn, MemberName } from "../../ids";
import { lagBytes, parseLsn } from "../../lsn";
import { type Message, message } from "../../message";
import { sized } from "./amounts";
import { type Handover, leaderHealthy } from "./candidate-wal";
import { block, overridable, pass, type Seen, warn } from "./check";
import { seenMember } from "./leader";
import { dcsOf, keyOf, leaderOf, maximumLagBytes, membersOf, patroniOf, postgresOf } from "./look";
import { seenDcs, seenPatroni } from "./seen";

/** WAL that a member has not *received*, in bytes, and what that was reckoned from. Never by what it has replayed: that it can make up for. */
export type Behind = {
  readonly bytes: number;
  /** `leader`: against what the leader has written. `others`: no leader is seen; against the furthest position that is known at all. */
  readonly basis: "leader" | "others";
  readonly evidence: Seen;
};

/** Null where it cannot be told: which is never none. */
export const behind = (context: PlanContext, member: MemberName): Behind | null =>
  leaderHealthy(context) ? behindLeader(context, member) : behindOthers(context, member);

export function candidateLag(context: PlanContext, member: MemberName, kind: Handover): Check {
  const id = "candidate-lag";
  const maximum = maximumLagBytes(lastOf(dcsOf(context)));
  const known = behind(context, member);
  const soften = (check: Check) => (kind === "failover" ? overridable(check) : check);
  if (!known) {
    const text = message("preflight.candidate-lag.unseen", { member });
    const advice = message("preflight.candidate-lag.unseen-advice");
    return soften(block(context, id, text, advice, seenMember(context, member)));
  }
  const { evidence } = known;
  const size = { member, ...sized(known.bytes), ...maximumSize(maximum) };
  if (known.bytes > maximum) {
    const advice = message("preflight.candidate-lag.over-advice");
    return soften(block(context, id, message("preflight.candidate-lag.over", size), advice, evidence));
  }
  if (kind === "switchover") {
    const text =
      known.bytes === 0 && known.basis === "leader"
        ? message("preflight.candidate-lag.none", { member })
        : message("preflight.candidate-lag.within", size);
    return pass(context, id, text, evidence);
  }
  // A warning even where nothing is missing at this moment: more is written until then, and it must not come as a surprise.
  const advice = message("preflight.candidate-lag.failover-advice");
  return warn(context, id, behindText(known, size), advice, evidence);
}

function behindText({ basis, bytes }: Behind, size: Message["params"] & { readonly member: MemberName }): Message {
  const { member } = size;
  if (bytes > 0)
    return basis === "leader"
      ? message("preflight.candidate-lag.behind", size)
      : message("preflight.candidate-lag.no-leader", size);
  return basis === "leader"
    ? message("preflight.candidate-lag.none", { member })
    : message("preflight.candidate-lag.no-leader-none", { member });
}

const maximumSize = (bytes: number) => {
  const size = sized(bytes);
  return { maximum: size.bytes, maximumUnit: size.unit };
};

/** The leader's own row for it or the standby's own word, as the picture has it; else what both Patronis said. */
function behindLeader(context: PlanContext, member: MemberName): Behind | null {
  const leader = leaderOf(context);
  if (leader === null || leader === member) return null;
  const lag = context.snapshot.members.find(({ name }) => name === member)?.lag;
  if (lag?.trust === "fresh" && lag.receiveBytes !== null) {
    const from = lag.basis === "sender" ? leader : member;
    return {
      bytes: lag.receiveBytes,
      basis: "leader",
      evidence: [seenLag(context, member, from, lag.receiveBytes, lag.at)],
    };
  }
  const evidence = [seenPatroni(context, leader), seenPatroni(context, member)];
  const ahead = freshOf(patroniOf(context, leader))?.lsn ?? null;
  const own = freshOf(patroniOf(context, member));
  const bytes = lagBytes(ahead, own?.receivedLsn ?? own?.lsn);
  if (bytes !== null) return { bytes, basis: "leader", evidence };
  const byKey = keyOf(context, member)?.lagBytes ?? null;
  return byKey === null ? null : { bytes: byKey, basis: "leader", evidence: [seenDcs(context)] };
}

/**
 * Without a leader that answers, nobody can say what it had written last. What is known is a lower bound: the furthest position that any
 * member has received, and the last that was seen of the others, the silent leader among them, however old.
 */
function behindOthers(context: PlanContext, member: MemberName): Behind | null {
  const own = receivedBy(context, member, true);
  if (own === null) return null;
  const others = membersOf(context).filter((name) => name !== member);
  const known = others.flatMap((name) => {
    const lsn = furthest([receivedBy(context, name, false), keyOf(context, name)?.lsn ?? null]);
    return lsn === null ? [] : [{ name, lsn }];
  });
  const ahead = furthest([own, ...known.map(({ lsn }) => lsn)]);
  const bytes = lagBytes(ahead, own);
  if (bytes === null) return null;
  const evidence = [...seenMember(context, member), ...known.flatMap(({ name }) => seenMember(context, name))];
  return { bytes, basis: "others", evidence };
}

function receivedBy(context: PlanContext, name: MemberName, freshOnly: boolean): Lsn | null {
  const read = freshOnly ? freshOf : lastOf;
  const patroni = read(patroniOf(context, name));
  const postgres = read(postgresOf(context, name));
  return furthest([
    patroni?.receivedLsn ?? patroni?.lsn ?? null,
    (postgres?.inRecovery ? postgres.receivedLsn : null) ?? postgres?.lsn ?? null,
  ]);
}

function furthest(positions: readonly (Lsn | null)[]): Lsn | null {
  return positions.reduce<Lsn | null>((best, one) => {
    if (one === null || parseLsn(one) === null) return best;
    return best === null || (parseLsn(one) ?? 0n) > (parseLsn(best) ?? 0n) ? one : best;
  }, null);
}

function seenLag(context: PlanContext, member: MemberName, from: MemberName, bytes: number, at: Instant | null) {
  const id = sourceId("postgres", from);
  const text = message("preflight.seen.lag", { member, from, ...sized(bytes) });
  return { sourceId: context.state.postgres[from] ? id : null, text, at } satisfies CheckEvidence;
}
