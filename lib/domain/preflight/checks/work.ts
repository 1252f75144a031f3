import type { PlanContext, ServerFacts } from "../../actions/facts";
import type { Check } from "../../actions/plan";
import type { MemberName } from "../../ids";
import { message } from "../../message";
import { listed, sized } from "./amounts";
import { pass, type Seen, warn } from "./check";
import { serverOf } from "./look";
import { seenServer } from "./seen";

/** What a server is busy with: what its shutdown would wait for, or what would be cut off by it. Warnings all; none of it forbids. */

/** WAL since the last checkpoint beyond which a shutdown takes noticeably long, in bytes. */
const CHECKPOINT_LARGE_BYTES = 1024 ** 3;
const SHOWN = 3;

export function serverWork(context: PlanContext, member: MemberName): readonly Check[] {
  const known = serverOf(context, member);
  const evidence = [seenServer(context, member)];
  if (known.state !== "fresh") {
    const text = message("preflight.server-work.unseen", { member });
    return [warn(context, "server-work", text, message("preflight.server-work.unseen-advice"), evidence)];
  }
  const ask = { context, member, facts: known.value, evidence };
  return [longTransactions(ask), preparedTransactions(ask), ...checkpointDistance(ask), baseBackups(ask)];
}

type Ask = {
  readonly context: PlanContext;
  readonly member: MemberName;
  readonly facts: ServerFacts;
  readonly evidence: Seen;
};

function longTransactions({ context, member, facts, evidence }: Ask): Check {
  const id = "long-transactions";
  const [longest] = facts.longTransactions;
  if (!longest) return pass(context, id, message("preflight.long-transactions.none", { member }), evidence);
  const seconds = Math.round(longest.seconds);
  const who = { pid: String(longest.pid), user: longest.user ?? "–", application: longest.application ?? "–", seconds };
  const text = message("preflight.long-transactions.some", { member, count: facts.longTransactions.length, ...who });
  const each = facts.longTransactions.slice(0, SHOWN).map((one) => ({
    sourceId: null,
    text: message("preflight.seen.transaction", {
      pid: String(one.pid),
      user: one.user ?? "–",
      application: one.application ?? "–",
      seconds: Math.round(one.seconds),
    }),
    at: evidence[0]?.at ?? null,
  }));
  return warn(context, id, text, message("preflight.long-transactions.some-advice"), [...evidence, ...each]);
}

function preparedTransactions({ context, member, facts, evidence }: Ask): Check {
  const id = "prepared-transactions";
  const count = facts.preparedTransactions;
  if (count === 0) return pass(context, id, message("preflight.prepared-transactions.none", { member }), evidence);
  const text = message("preflight.prepared-transactions.some", { member, count });
  return warn(context, id, text, message("preflight.prepared-transactions.some-advice"), evidence);
}

/** A standby has no checkpoints of its own to wait for: there no check is made. */
function checkpointDistance({ context, member, facts, evidence }: Ask): readonly Check[] {
  const id = "checkpoint-distance";
  const { sinceCheckpointBytes: bytes, checkpointRunning } = facts;
  if (bytes === null) {
    if (facts.currentLsn === null) return [];
    const text = message("preflight.checkpoint-distance.unknown", { member });
    return [warn(context, id, text, message("preflight.checkpoint-distance.unknown-advice"), evidence)];
  }
  const size = { member, ...sized(bytes), running: checkpointRunning ? 1 : 0 };
  if (bytes < CHECKPOINT_LARGE_BYTES)
    return [pass(context, id, message("preflight.checkpoint-distance.small", size), evidence)];
  const advice = message("preflight.checkpoint-distance.large-advice");
  return [warn(context, id, message("preflight.checkpoint-distance.large", size), advice, evidence)];
}

function baseBackups({ context, member, facts, evidence }: Ask): Check {
  const id = "base-backup";
  if (facts.baseBackups.length === 0)
    return pass(context, id, message("preflight.base-backup.none", { member }), evidence);
  const text = message("preflight.base-backup.some", { member, applications: listed(facts.baseBackups) });
  return warn(context, id, text, message("preflight.base-backup.some-advice"), evidence);
}
