import type { Operation } from "../../actions/operation";
import type { EpochMs, MemberName } from "../../ids";
import { message } from "../../message";
import { callState, endedAt, twoLoopsMs } from "../shared/calls";
import { look, type Reign, reignOf, reignSince, type Sight } from "../shared/sight";
import { type Finding, stepBefore, stepOf } from "../shared/steps";
import { type End, ending, type Findings, refusedBy, takenFinding } from "../shared/verdicts";
import type { VerifyWorld } from "../types";
import { afterSteps } from "./after";
import type { Handover } from "./asked";
import { lossReceipt, writeGap } from "./measures";
import { oldLeaderFinding } from "./old-leader";
import { verdictOn } from "./verdict";

/**
 * A change of leader, by what is seen: who holds the key, who takes writes, where clients are led, and who follows. The answer to the call
 * only says when to stop waiting for a change that does not come.
 */
export function judgeHandover(operation: Operation, world: VerifyWorld, asked: Handover): Findings {
  const sight = look(world);
  const reign = reignOf(sight, operation.fence);
  const call = callState(operation, world, asked.call);
  const leader = leaderNow(operation, reign);
  const step = (id: string, finding: Finding) =>
    stepOf(operation, world.now, id, message(`verify.step.${id}`), finding);

  const seen = leader !== null || reign.kind === "vacant" || pendingKey(sight);
  const head = [
    step("taken", stepBefore(operation, "taken")?.state === "done" ? { state: "done" } : takenFinding(call, seen)),
    step("demoted", demoted(operation, sight, reign, asked.since)),
    step("key", keyFinding(reign, leader)),
  ];
  const since = leader === null ? world.now : reignSince(operation, world, leader, sight);
  const same = leader !== null && stepBefore(operation, "key")?.detail?.params.leader === leader;
  const after = afterSteps({ operation, world, sight, leader, since, same, asked });
  const steps = [...head, ...after];
  const gap = leader === null ? {} : writeGap(operation, world, steps, asked.since);
  const receipt = lossReceipt(operation, sight, asked.since);
  const early = leader === null ? notMoved(operation, world, sight, reign, asked) : null;
  const refused = early ?? refusal(operation, world, sight, reign, asked);
  if (refused) return { steps, end: refused, receipt: operation.receipt };
  const verdict = leader === null ? null : verdictOn({ operation, world, leader, steps, asked });
  return { steps: verdict?.steps ?? steps, end: verdict?.end ?? null, receipt, ...gap };
}

/** The new leader; when the DCS is out of sight, the one that was seen to have taken over. */
function leaderNow(operation: Operation, reign: Reign): MemberName | null {
  if (reign.kind === "moved") return reign.leader;
  if (reign.kind !== "unseen") return null;
  const before = stepBefore(operation, "key");
  const told = before?.state === "done" ? before.detail?.params.leader : null;
  return typeof told === "string" ? (told as MemberName) : null;
}

function keyFinding(reign: Reign, leader: MemberName | null): Finding {
  if (leader !== null) return { state: "done", detail: message("verify.detail.leads", { leader }) };
  switch (reign.kind) {
    case "vacant":
      return { state: "running", detail: message("verify.detail.vacant") };
    case "again":
      return { state: "running", detail: message("verify.detail.again", { leader: reign.leader }) };
    default:
      return { state: "waiting" };
  }
}

function demoted(operation: Operation, sight: Sight, reign: Reign, since: EpochMs): Finding {
  const before = stepBefore(operation, "demoted");
  const found = oldLeaderFinding(operation.fence, sight, reign, since);
  const old = operation.fence.leader === null ? null : sight.member(operation.fence.leader);
  // Once it had stopped, only the sight of it taking writes again says otherwise.
  const writes = old?.writable.says === "writable" && old.writable.at > Date.parse(before?.endedAt ?? "");
  if (before?.state === "done" && !writes) return { state: "done", since: before.startedAt };
  return { ...found, since: found.since ?? before?.startedAt ?? null };
}

const pendingKey = ({ dcs }: Sight): boolean => dcs?.failover != null && dcs.failover.scheduledAt === null;

/** Turned down: its end once a look at the DCS since then was had, or was waited for long enough. */
function refusal(operation: Operation, world: VerifyWorld, sight: Sight, reign: Reign, asked: Handover): End | null {
  const call = callState(operation, world, asked.call);
  const at = endedAt(call);
  if (at === null) return null;
  const looked = sight.dcsAt !== null && sight.dcsAt >= at;
  if (!looked && world.now - at < twoLoopsMs(world.state)) return null;
  if (!looked) return refusedBy(call, [message("outcome.reason.dcs-unseen")]);
  const moved = reign.kind === "moved" ? [message("outcome.reason.other-leads", { leader: reign.leader })] : [];
  return refusedBy(call, moved);
}

/**
 * The call has ended, and two loops later nothing has come of it: no key is pending, and who led before leads and runs. An answer that was
 * lost is no reason by itself.
 */
function notMoved(operation: Operation, world: VerifyWorld, sight: Sight, reign: Reign, asked: Handover): End | null {
  const call = callState(operation, world, asked.call);
  const ended = endedAt(call);
  if (ended === null || sight.dcs === null || sight.dcsAt === null || refusedBy(call) !== null) return null;
  if (reign.kind !== "same" && reign.kind !== "again") return null;
  const begun = reign.kind === "again" ? reignSince(operation, world, reign.leader, sight) : 0;
  const from = Math.max(ended, asked.since, begun);
  if (world.now - from < twoLoopsMs(world.state) || sight.dcsAt < from) return null;
  const late = sight.dcs.failover?.scheduledAt != null && asked.lapsed === "dropped";
  if (sight.dcs.failover !== null && !late) return null;
  if (reign.leader !== null && !runs(sight, reign.leader, from)) return null;
  const said =
    call.state === "answered" && call.answer.text !== ""
      ? [message("outcome.reason.said", { text: call.answer.text })]
      : [];
  const leader = reign.leader ?? "";
  if (reign.kind === "again") return ending("failed", "re-elected", message("outcome.re-elected", { leader }), said);
  const failed = call.state === "answered" && call.answer.kind === "failed";
  const code = failed ? "failed" : asked.lapsed;
  const params = { leader, anyone: reign.leader === null ? "no" : "yes" };
  return ending("failed", code, message(`outcome.${code}`, params), said);
}

function runs(sight: Sight, leader: MemberName, since: EpochMs): boolean {
  const member = sight.member(leader);
  if (!member) return false;
  const { writable, patroni } = member;
  if (writable.says === "writable" && writable.at >= since) return true;
  return patroni.state === "fresh" && patroni.at >= since && patroni.value.role === "standby-leader";
}
