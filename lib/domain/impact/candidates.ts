import type { PlanContext } from "../actions/facts";
import type { CandidateImpact } from "../actions/plan";
import { freshOf, lastOf } from "../evidence/evidence";
import { type EpochMs, instant, type Lsn, type MemberName } from "../ids";
import { lagBytes, parseLsn } from "../lsn";
import { candidateObstacle } from "../preflight/checks/candidate";
import { leaderHealthy } from "../preflight/checks/candidate-wal";
import { dcsOf, leaderOf, membersOf, patroniOf, postgresOf, serverOf } from "../preflight/checks/look";

type Handover = "switchover" | "failover";

/**
 * The loss receipt before, for each member but the leader. An orderly switchover from a living leader loses nothing: it stops only once its
 * standbys have received everything. For a failover it is the leader's last known position against what the member has received.
 */
export function candidateImpacts(context: PlanContext, kind: Handover): readonly CandidateImpact[] {
  const leader = formerLeader(context);
  const orderly = kind === "switchover" && leaderHealthy(context);
  return membersOf(context)
    .filter((member) => member !== leader)
    .map((member) => {
      const reason = candidateObstacle(context, member, kind);
      const base = { member, eligible: reason === null, reason };
      const none = { lossBytes: 0, lossSeconds: 0, basis: "none", at: context.snapshot.at } as const;
      if (orderly && reason === null) return { ...base, ...none };
      return { ...base, ...estimate(context, member, leader) };
    });
}

type Loss = Pick<CandidateImpact, "lossBytes" | "lossSeconds" | "basis" | "at">;
const UNKNOWN: Loss = { lossBytes: null, lossSeconds: null, basis: "unknown", at: null };

/** The holder of the leader key; without one, whoever held it last, by Patroni's history. */
function formerLeader(context: PlanContext): MemberName | null {
  const holder = leaderOf(context);
  if (holder !== null) return holder;
  const view = lastOf(dcsOf(context));
  if (!view) return null;
  if (dcsOf(context).state !== "fresh" && view.leader) return view.leader.name;
  const newest = view.history.reduce<{ timeline: number; who: MemberName | null } | null>(
    (last, { timeline, newLeader }) =>
      last === null || timeline >= last.timeline ? { timeline, who: newLeader } : last,
    null,
  );
  return newest?.who ?? null;
}

function estimate(context: PlanContext, member: MemberName, leader: MemberName | null): Loss {
  const view = context.snapshot.members.find(({ name }) => name === member);
  if (view?.lag.trust === "fresh" && view.lag.basis === "sender" && view.lag.receiveBytes !== null) {
    const seconds = leader === null ? null : secondsBehind(context, leader, member, view.lag.receiveBytes);
    return { lossBytes: view.lag.receiveBytes, lossSeconds: seconds, basis: "estimate", at: view.lag.at };
  }
  if (leader === null) return UNKNOWN;
  const ahead = writtenBy(context, leader);
  const own = receivedBy(context, member);
  if (!ahead || !own || ahead.timeline === null || ahead.timeline !== own.timeline) return UNKNOWN;
  const bytes = lagBytes(ahead.lsn, own.lsn);
  if (bytes === null) return UNKNOWN;
  return { lossBytes: bytes, lossSeconds: null, basis: "estimate", at: instant(Math.min(ahead.at, own.at)) };
}

/** PostgreSQL's own round-trip sample of the leader's row for it; an idle server has none, and then nothing outstanding is no delay. */
function secondsBehind(context: PlanContext, leader: MemberName, member: MemberName, bytes: number): number | null {
  const senders = freshOf(postgresOf(context, leader))?.senders ?? [];
  const row = senders.find(({ applicationName }) => applicationName.toLowerCase() === member.toLowerCase());
  return row?.flushLagSeconds ?? (bytes === 0 ? 0 : null);
}

type Position = { readonly lsn: Lsn; readonly timeline: number | null; readonly at: EpochMs };

/** The furthest position that the leader was ever seen at, however old: what it wrote after it nobody here knows. */
function writtenBy(context: PlanContext, leader: MemberName): Position | null {
  const [patroni, postgres, server] = [
    patroniOf(context, leader),
    postgresOf(context, leader),
    serverOf(context, leader),
  ];
  const timeline = lastOf(postgres)?.timeline ?? lastOf(patroni)?.timeline ?? null;
  const key = dcsOf(context);
  const inDcs = lastOf(key)?.members.find(({ name }) => name === leader);
  return furthest([
    position(lastOf(patroni)?.lsn, lastOf(patroni)?.timeline ?? timeline, patroni),
    position(lastOf(postgres)?.lsn, timeline, postgres),
    position(lastOf(server)?.currentLsn, timeline, server),
    position(inDcs?.lsn, inDcs?.timeline ?? timeline, key),
  ]);
}

/** What a member has received, by a fresh word of its own. */
function receivedBy(context: PlanContext, member: MemberName): Position | null {
  const [patroni, postgres] = [patroniOf(context, member), postgresOf(context, member)];
  const [said, sql] = [freshOf(patroni), freshOf(postgres)];
  return furthest([
    position(said?.receivedLsn ?? said?.lsn, said?.timeline ?? null, patroni),
    position(sql?.inRecovery ? (sql.receivedLsn ?? sql.lsn) : null, sql?.timeline ?? said?.timeline ?? null, postgres),
  ]);
}

function position(
  lsn: Lsn | null | undefined,
  timeline: number | null,
  known: { readonly state: string; readonly at?: EpochMs },
): Position | null {
  return lsn && known.at !== undefined ? { lsn, timeline, at: known.at } : null;
}

function furthest(positions: readonly (Position | null)[]): Position | null {
  return positions.reduce<Position | null>((best, one) => {
    if (!one) return best;
    return best === null || (parseLsn(one.lsn) ?? 0n) > (parseLsn(best.lsn) ?? 0n) ? one : best;
  }, null);
}
