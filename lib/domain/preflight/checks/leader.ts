import type { PlanContext } from "../../actions/facts";
import type { Check } from "../../actions/plan";
import { freshOf } from "../../evidence/evidence";
import type { MemberName } from "../../ids";
import { message } from "../../message";
import { isStandbyCluster } from "../../snapshot/member-role";
import { listed, spelt } from "./amounts";
import { block, pass, type Seen, warn } from "./check";
import { identity } from "./identity";
import { dcsOf, leaderOf, membersOf, patroniOf, postgresOf } from "./look";
import { seenDcs, seenPatroni, seenPostgres } from "./seen";

/** Who leads, by the DCS and by its own word; what an orderly change of leader begins with. */
export function leaderChecks(context: PlanContext): readonly Check[] {
  const leader = leaderOf(context);
  const known = leaderKnown(context);
  if (leader === null) return [known, oneWriter(context)];
  return [known, leaderPrimary(context, leader), identity(context, leader, "leader-identity"), oneWriter(context)];
}

export function leaderKnown(context: PlanContext): Check {
  const id = "leader-known";
  const dcs = dcsOf(context);
  const evidence = [seenDcs(context)];
  if (dcs.state !== "fresh") {
    const advice = message("preflight.advice.look-again");
    return block(context, id, message("preflight.leader-known.unseen"), advice, evidence);
  }
  const leader = dcs.value.leader?.name;
  if (leader) return pass(context, id, message("preflight.leader-known.yes", { leader }), evidence);
  return block(
    context,
    id,
    message("preflight.leader-known.none"),
    message("preflight.leader-known.none-advice"),
    evidence,
  );
}

/** The same where it does not decide: pausing or resuming a cluster without a leader is a reason to think, and no more. */
export function leaderThere(context: PlanContext): Check {
  const known = leaderKnown(context);
  if (known.status !== "block" || dcsOf(context).state !== "fresh") return known;
  const advice = message("preflight.leader-known.there-advice");
  return warn(context, known.id, known.text, advice, known.evidence);
}

/** Its own REST says that it is the primary, and PostgreSQL does not deny it. */
export function leaderPrimary(context: PlanContext, leader: MemberName): Check {
  const id = "leader-primary";
  const evidence = seenMember(context, leader);
  const patroni = patroniOf(context, leader);
  if (patroni.state !== "fresh") {
    const advice = message("preflight.leader-primary.unseen-advice");
    return block(context, id, message("preflight.leader-primary.unseen", { leader }), advice, evidence);
  }
  const view = freshOf(dcsOf(context));
  const standby = view !== null && isStandbyCluster(view);
  const { role, state } = patroni.value;
  const inRecovery = freshOf(postgresOf(context, leader))?.inRecovery ?? null;
  const roleFits = standby ? role !== "primary" : role === "primary" && inRecovery !== true;
  if (state === "running" && roleFits)
    return pass(context, id, message("preflight.leader-primary.yes", { leader }), evidence);
  const text = message("preflight.leader-primary.no", { leader, role: spelt(role), state: spelt(state) });
  return block(context, id, text, message("preflight.leader-primary.no-advice"), evidence);
}

/** Nobody beside the holder of the leader key accepts writes. */
export function oneWriter(context: PlanContext): Check {
  const id = "one-writer";
  const leader = leaderOf(context);
  const others = membersOf(context).filter((name) => name !== leader);
  const open = others.filter((name) => isOpen(context, name));
  const evidence = others.flatMap((name) =>
    open.includes(name) ? seenMember(context, name) : seenPatroni(context, name),
  );
  if (open.length === 0 && context.snapshot.writePath.state !== "split") {
    return pass(context, id, message("preflight.one-writer.yes"), evidence);
  }
  const advice = message("preflight.one-writer.no-advice");
  return block(context, id, message("preflight.one-writer.no", { members: listed(open) }), advice, evidence);
}

/** A fresh word of its own that it accepts writes; a newer one of Patroni that denies it wins, as in the verdict. */
function isOpen(context: PlanContext, name: MemberName): boolean {
  const [patroni, postgres] = [patroniOf(context, name), postgresOf(context, name)];
  const primary = patroni.state === "fresh" && patroni.value.role === "primary" && patroni.value.state === "running";
  if (postgres.state !== "fresh") return primary;
  if (postgres.value.inRecovery) return false;
  return primary || patroni.state !== "fresh" || patroni.at <= postgres.at;
}

/** What a member itself said: its Patroni, and its PostgreSQL where that is asked. */
export const seenMember = (context: PlanContext, name: MemberName): Seen =>
  context.state.spec.postgres
    ? [seenPatroni(context, name), seenPostgres(context, name)]
    : [seenPatroni(context, name)];
