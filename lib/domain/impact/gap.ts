import type { PlanContext } from "../actions/facts";
import type { GapImpact } from "../actions/plan";
import type { ActionKind } from "../actions/request";
import { lastOf } from "../evidence/evidence";
import type { MemberName } from "../ids";
import { type Message, message } from "../message";
import { listed, sized } from "../preflight/checks/amounts";
import { leaderHealthy } from "../preflight/checks/candidate-wal";
import { dcsOf, leaderOf, serverOf, startTimeoutSeconds } from "../preflight/checks/look";

/** One part of the time without a writable server, in ms, and how it was reckoned. */
type Part = { readonly fromMs: number; readonly toMs: number; readonly reason: Message };

/** Stopping and promoting with nothing to write out, as measured: 0.1 s from the key to the key, 1.3 s to the promotion. */
const HANDOVER_MS = { from: 1_000, to: 4_000 } as const;
/** Stopping and starting in place with nothing to write out. */
const RESTART_MS = { from: 1_000, to: 10_000 } as const;
/** How fast dirty pages are taken to be written, in bytes a second: a slow disk and a fast one. */
const FLUSH = { slow: 20 * 2 ** 20, fast: 400 * 2 ** 20 } as const;
/** Below it a checkpoint is not worth a sentence, in bytes of WAL. */
const SMALL_CHECKPOINT = 16 * 2 ** 20;
/** HAProxy's checks come every few seconds, and a server is up after two or three good ones. */
const ROUTING_MS = { from: 0, to: 6_000 } as const;
const FAR_BEHIND_BYTES = 16 * 2 ** 20;

/**
 * How long nobody will take writes, as a range with its reasons; null for an action that leaves the writable server alone. `member`: for a
 * restart the member, null for all. Null ends: nothing to tell it from.
 */
export function expectedGap(context: PlanContext, kind: ActionKind, member: MemberName | null): GapImpact | null {
  const leader = leaderOf(context);
  const past = context.pastGaps.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  const range = (parts: readonly Part[], notes: readonly Message[]): GapImpact => {
    const from = parts.reduce((sum, one) => sum + one.fromMs, 0);
    const to = parts.reduce((sum, one) => sum + one.toMs, 0);
    const reasons = [...parts.map((one) => one.reason), ...notes];
    if (kind === "restart" || past.length === 0) return { fromMs: from, toMs: to, reasons, past };
    // What was measured here holds more than any reckoning; a checkpoint that is larger today still comes on top.
    const measured = past.map(({ ms }) => ms);
    const extra = parts
      .filter(({ reason }) => reason.key === "impact.gap.checkpoint")
      .reduce((s, one) => s + one.toMs, 0);
    const [fromMs, toMs] = [Math.min(...measured), Math.max(...measured) + extra];
    const told = message("impact.gap.past", { count: past.length, ...seconds(fromMs, Math.max(...measured)) });
    return { fromMs, toMs, reasons: [told, ...reasons], past };
  };
  if (kind === "restart") {
    if (leader === null || (member !== null && member !== leader)) return null;
    const limit = startTimeoutSeconds(lastOf(dcsOf(context)));
    const notes = [message("impact.gap.start-timeout", { leader, seconds: limit })];
    return range(
      [base("impact.gap.restart", RESTART_MS), ...checkpoint(context, leader)],
      [...notes, ...cut(context, leader)],
    );
  }
  if (kind !== "switchover" && kind !== "failover") return null;
  if (leader === null || !leaderHealthy(context)) return afterDeath(context, leader, past);
  const parts = [base("impact.gap.handover", HANDOVER_MS), ...checkpoint(context, leader), ...routed(context)];
  return range(parts, [...cut(context, leader), ...waits(context, leader)]);
}

const base = (key: string, { from, to }: { readonly from: number; readonly to: number }): Part => ({
  fromMs: from,
  toMs: to,
  reason: message(key, seconds(from, to)),
});

/** Patroni has a checkpoint made before it stops PostgreSQL: what is dirtied meanwhile is written while nobody can write. */
function checkpoint(context: PlanContext, leader: MemberName): readonly Part[] {
  const known = serverOf(context, leader);
  const facts = known.state === "unknown" ? null : known.value;
  const bytes = facts?.sinceCheckpointBytes ?? null;
  if (bytes === null) return [{ fromMs: 0, toMs: 0, reason: message("impact.gap.checkpoint-unknown", { leader }) }];
  if (bytes < SMALL_CHECKPOINT && !facts?.checkpointRunning) return [];
  const fromMs = 0;
  const toMs = Math.round((bytes / FLUSH.slow) * 1_000);
  const likely = seconds(Math.round((bytes / FLUSH.fast) * 1_000), toMs);
  const running = facts?.checkpointRunning ? "yes" : "no";
  return [{ fromMs, toMs, reason: message("impact.gap.checkpoint", { leader, ...sized(bytes), ...likely, running }) }];
}

function routed(context: PlanContext): readonly Part[] {
  return context.snapshot.haproxy.length === 0 ? [] : [base("impact.gap.routing", ROUTING_MS)];
}

/** A fast shutdown ends every session: transactions that are open are rolled back, prepared ones stay. */
function cut(context: PlanContext, leader: MemberName): readonly Message[] {
  const known = serverOf(context, leader);
  if (known.state === "unknown") return [message("impact.gap.transactions-unknown", { leader })];
  const long = known.value.longTransactions;
  const [longest] = long.toSorted((a, b) => b.seconds - a.seconds);
  if (!longest) return [];
  const who = { user: longest.user ?? "?", application: longest.application ?? "?" };
  return [message("impact.gap.transactions", { count: long.length, seconds: Math.round(longest.seconds), ...who })];
}

/** PostgreSQL does not stop before its streaming standbys have received everything. */
function waits(context: PlanContext, leader: MemberName): readonly Message[] {
  const far = context.snapshot.members.filter(
    ({ name, lag }) => name !== leader && lag.trust === "fresh" && (lag.receiveBytes ?? 0) >= FAR_BEHIND_BYTES,
  );
  if (far.length === 0) return [];
  const most = Math.max(...far.map(({ lag }) => lag.receiveBytes ?? 0));
  return [message("impact.gap.senders", { members: listed(far.map(({ name }) => name)), ...sized(most) })];
}

/** Writes have stopped already: what is left is the choice, the promotion, and until the leader key expires, that. */
function afterDeath(context: PlanContext, leader: MemberName | null, past: GapImpact["past"]): GapImpact {
  const view = lastOf(dcsOf(context));
  const [loop, ttl] = [view?.loopWaitSeconds ?? null, view?.ttlSeconds ?? null];
  const stopped = message("impact.gap.stopped-already");
  if (loop === null || ttl === null) return { fromMs: null, toMs: null, reasons: [stopped], past };
  const waitMs = (leader === null ? loop : ttl + loop) * 1_000;
  const parts = [
    { fromMs: 0, toMs: waitMs, reason: message(leader === null ? "impact.gap.loop" : "impact.gap.ttl", { loop, ttl }) },
    base("impact.gap.promotion", HANDOVER_MS),
    ...routed(context),
  ];
  return {
    fromMs: parts.reduce((sum, one) => sum + one.fromMs, 0),
    toMs: parts.reduce((sum, one) => sum + one.toMs, 0),
    reasons: [stopped, ...parts.map(({ reason }) => reason)],
    past,
  };
}

/** Seconds with one digit under ten. */
function seconds(fromMs: number, toMs: number): { readonly from: number; readonly to: number } {
  const round = (ms: number) => (ms < 10_000 ? Math.round(ms / 100) / 10 : Math.round(ms / 1_000));
  return { from: round(fromMs), to: round(toMs) };
}
