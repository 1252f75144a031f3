import type { PlanContext } from "../../actions/facts";
import type { Check } from "../../actions/plan";
import { freshOf } from "../../evidence/evidence";
import type { MemberName } from "../../ids";
import { message } from "../../message";
import { listed, spelt } from "./amounts";
import { streams } from "./candidate-wal";
import { block, pass, warn } from "./check";
import { seenMember } from "./leader";
import { dcsOf, isSync, leaderOf, membersOf, patroniOf, postgresOf, serverOf, synchronousMode } from "./look";
import { seenDcs, seenLook, seenPatroni, seenServer } from "./seen";

/** What stands between a member and the deletion of its data directory. Patroni asks nothing but whether it is the leader. */

const LOOK_AGAIN = message("preflight.advice.look-again");

/** By the DCS, by its own REST and by PostgreSQL: whoever of them calls it the leader is believed. */
export function targetNotLeader(context: PlanContext, member: MemberName): Check {
  const id = "target-not-leader";
  const evidence = [seenDcs(context), ...seenMember(context, member)];
  const own = freshOf(patroniOf(context, member))?.role ?? null;
  if (dcsOf(context).state !== "fresh" || own === null)
    return block(context, id, message("preflight.target-not-leader.unseen", { member }), LOOK_AGAIN, evidence);
  const advice = message("preflight.target-not-leader.no-advice");
  if (leaderOf(context) === member)
    return block(context, id, message("preflight.target-not-leader.by-dcs", { member }), advice, evidence);
  if (own === "primary" || own === "standby-leader") {
    const text = message("preflight.target-not-leader.by-rest", { member, role: spelt(own) });
    return block(context, id, text, advice, evidence);
  }
  if (freshOf(postgresOf(context, member))?.inRecovery === false)
    return block(context, id, message("preflight.target-not-leader.open", { member }), advice, evidence);
  return pass(context, id, message("preflight.target-not-leader.yes", { member }), evidence);
}

/** Whether somebody else could lead meanwhile. */
export function othersStream(context: PlanContext, member: MemberName): Check {
  const id = "others-stream";
  const leader = leaderOf(context);
  const others = membersOf(context).filter((name) => name !== member && name !== leader);
  const well = others.filter(
    (name) => freshOf(patroniOf(context, name))?.state === "running" && streams(context, name) === true,
  );
  const evidence = others.map((name) => seenPatroni(context, name));
  if (well.length > 0)
    return pass(context, id, message("preflight.others-stream.yes", { members: listed(well) }), evidence);
  const advice = message("preflight.others-stream.no-advice");
  return warn(context, id, message("preflight.others-stream.no", { count: others.length }), advice, evidence);
}

/** Without its only synchronous standby a cluster in strict mode takes no commits, and in the other mode is not safe. */
export function notOnlySync(context: PlanContext, member: MemberName): Check {
  const id = "only-sync";
  const evidence = [seenDcs(context)];
  const view = freshOf(dcsOf(context));
  if (!view) return block(context, id, message("preflight.only-sync.unseen"), LOOK_AGAIN, evidence);
  const mode = synchronousMode(view);
  if (mode === "off" || !isSync(view, member))
    return pass(context, id, message("preflight.only-sync.no", { member }), evidence);
  const count = view.sync?.standbys.length ?? 0;
  const text =
    count > 1
      ? message("preflight.only-sync.one-of", { member, count })
      : message("preflight.only-sync.yes", { member });
  return warn(context, id, text, message("preflight.only-sync.yes-advice"), evidence);
}

/** A base backup that streams from it would be cut off, and what it copies deleted under it. */
export function notCloneSource(context: PlanContext, member: MemberName): Check {
  const id = "clone-source";
  const asked = serverOf(context, member);
  const look = context.state.basebackups[member];
  const streamed = context.snapshot.backups.streams.filter((one) => one.member === member);
  const evidence = [seenServer(context, member), ...(look ? [seenLook(context, look, "basebackup", member)] : [])];
  const running = new Set([
    ...(freshOf(asked)?.baseBackups ?? []),
    ...streamed.map(({ application, pid }) => application ?? String(pid)),
  ]);
  if (running.size > 0) {
    const text = message("preflight.clone-source.yes", { member, applications: listed([...running]) });
    return block(context, id, text, message("preflight.clone-source.yes-advice"), evidence);
  }
  if (asked.state === "fresh") return pass(context, id, message("preflight.clone-source.no", { member }), evidence);
  // A server that does not run, which is why it is to be made anew, streams to nobody.
  const state = freshOf(patroniOf(context, member))?.state ?? null;
  if (state !== null && state !== "running")
    return pass(context, id, message("preflight.clone-source.stopped", { member, state: spelt(state) }), [
      seenPatroni(context, member),
    ]);
  const advice = message("preflight.clone-source.unknown-advice");
  return warn(context, id, message("preflight.clone-source.unknown", { member }), advice, evidence);
}

/** Members that replicate from it stand still meanwhile. */
export function noCascade(context: PlanContext, member: MemberName): Check {
  const id = "cascade";
  const below = context.snapshot.members.filter(({ upstream }) => upstream === member).map(({ name }) => name);
  const evidence = [...seenMember(context, member), ...below.map((name) => seenPatroni(context, name))];
  if (below.length === 0) return pass(context, id, message("preflight.cascade.none", { member }), evidence);
  const text = message("preflight.cascade.some", { member, count: below.length, members: listed(below) });
  return warn(context, id, text, message("preflight.cascade.some-advice"), evidence);
}

/** A handover to the very member that is about to be deleted. */
export function notNamedNext(context: PlanContext, member: MemberName): Check {
  const id = "failover-key";
  const dcs = dcsOf(context);
  const evidence = [seenDcs(context)];
  if (dcs.state !== "fresh") return block(context, id, message("preflight.failover-key.unseen"), LOOK_AGAIN, evidence);
  const key = dcs.value.failover;
  if (!key) return pass(context, id, message("preflight.failover-key.none"), evidence);
  const names = { from: key.leader ?? "–", to: key.candidate ?? "–" };
  const make = key.scheduledAt && key.candidate !== member ? warn : block;
  const text = key.scheduledAt
    ? message("preflight.failover-key.scheduled", { ...names, at: key.scheduledAt })
    : message("preflight.failover-key.pending", names);
  return make(context, id, text, message("preflight.failover-key.reinit-advice"), evidence);
}

/** `from_leader` is read by Patroni 4.1 and later, and left unread without a word before. */
export function fromLeaderKnown(context: PlanContext, member: MemberName): Check {
  const id = "from-leader";
  const evidence = [seenPatroni(context, member)];
  const version = freshOf(patroniOf(context, member))?.patroniVersion ?? null;
  const [major, minor] = (version ?? "").split(".").map(Number);
  if (version === null || major === undefined || !Number.isFinite(major)) {
    const advice = message("preflight.from-leader.unknown-advice");
    return warn(context, id, message("preflight.from-leader.unknown", { member }), advice, evidence);
  }
  if (major > 4 || (major === 4 && (minor ?? 0) >= 1))
    return pass(context, id, message("preflight.from-leader.yes", { member, version }), evidence);
  const text = message("preflight.from-leader.no", { member, version });
  return block(context, id, text, message("preflight.from-leader.no-advice"), evidence);
}
