import type { PlanContext } from "@/lib/domain/actions/facts";
import type { Operation } from "@/lib/domain/actions/operation";
import { type ClusterScope, instant } from "@/lib/domain/ids";
import { type Message, message } from "@/lib/domain/message";
import { carry, deadlineOf } from "./carrier";
import type { Computed } from "./deps";
import { operationEntry, summaryOf } from "./log";
import { refusedForm } from "./operation-of";
import { notRecorded, refused } from "./refusal";
import { leaderRevisionOf, lockHolderOf } from "./regain";
import type { Refusal, RowHolder } from "./types";
import type { Held, Works } from "./works";

type Ok = { readonly kind: "ok"; readonly operation: Operation };

/**
 * Begins what was confirmed and checked a moment ago: the row of the lock, our key in the DCS, the audit log, then the first call. Where one
 * of them cannot be had nothing is sent, and what was taken is given back. `row`: `begin` for a new operation, `lock` for one that waited.
 */
export async function begin(
  works: Works,
  operation: Operation,
  { context, computed }: { readonly context: PlanContext; readonly computed: Computed },
  row: "begin" | "lock",
): Promise<Ok | Refusal> {
  const ready = { ...operation, deadlineAt: deadlineOf(works, operation, context) };
  works.starting.add(ready.id);
  try {
    const taken = await works.store[row](ready);
    if (!taken.ok) return notRecorded(taken.failure);
    if (taken.value.kind === "plan-used") return refused("plan-used", { operationId: taken.value.operationId });
    if (taken.value.kind === "busy") return busyWith(works, taken.value.holder);
    const begun = await beginLocked(works, ready, context, computed);
    if (begun.kind === "refused") await giveBack(works, ready, begun);
    return begun.kind === "refused" ? { ...begun, operationId: ready.id } : begun;
  } finally {
    works.starting.delete(ready.id);
  }
}

async function beginLocked(
  works: Works,
  operation: Operation,
  context: PlanContext,
  computed: Computed,
): Promise<Ok | Refusal> {
  const key = await takeKey(works, operation, context);
  if (key.kind === "refused") return key;
  const locked: Operation = { ...operation, phase: "locked" };
  const requested = operationEntry("operation-requested", locked, {
    request: locked.request,
    fence: computed.fence,
    checks: summaryOf(computed.checks),
    acknowledged: locked.acknowledged,
    overridden: locked.overridden,
    approvedBy: locked.approvedBy,
    locks: { row: true, dcs: key.held !== null },
  });
  const logged = await works.audit.append(requested);
  const saved = logged.ok ? await works.store.save(locked) : logged;
  const carried = carry(works, locked, { held: key.held, regain: false, candidates: computed.impact.candidates });
  const begun = saved.ok ? await carried.begin(context) : saved;
  if (begun.ok) return { kind: "ok", operation: carried.carrier.operation() };
  await carried.carrier.stop();
  await key.held?.release();
  return notRecorded(begun.failure);
}

type Key = { readonly kind: "ok"; readonly held: Held | null } | Refusal;

async function takeKey(works: Works, operation: Operation, context: PlanContext): Promise<Key> {
  const scope = operation.scope as ClusterScope;
  const taken = await works.lock.take(scope, lockHolderOf(works, operation), leaderRevisionOf(context));
  switch (taken.kind) {
    case "taken":
      return { kind: "ok", held: taken };
    case "not-supported":
    case "not-permitted":
      // The checks have said that other dashboards are not fenced off.
      return { kind: "ok", held: null };
    case "held":
      return refused("busy", { holder: taken.by });
    case "leader-moved":
      return refused("fence-moved", { reasons: [leaderMoved(taken.leader)] });
    case "failed":
      // Where it was seen to fail when the checks were made, they have judged it.
      if (context.lock.kind === "failed") return { kind: "ok", held: null };
      return refused("blocked", { reasons: [message("actions.reason.lockFailed", { text: taken.text })] });
  }
}

const leaderMoved = (leader: string | null): Message =>
  leader === null ? message("actions.reason.leaderGone") : message("actions.reason.leaderMoved", { leader });

/** Nothing was sent: so it is written down, and the row of the lock is given back. */
async function giveBack(works: Works, operation: Operation, refusal: Refusal): Promise<void> {
  const ended = refusedForm(works, operation, refusal);
  works.board.put(ended);
  await recordRefused(works, ended, refusal);
  const freed = works.late.write(`refused:${ended.id}`, async () => {
    const saved = await works.store.save(ended);
    return saved.ok ? works.store.release(ended.scope as ClusterScope, ended.id) : saved;
  });
  await settled(freed);
}

/** Tells the audit log of a refusal; it may be written late, as nothing was done. */
export async function recordRefused(works: Works, operation: Operation, refusal: Refusal): Promise<void> {
  const { code, reasons, holder } = refusal;
  const at = works.now();
  const entry = operationEntry("operation-refused", operation, { code, reasons, holder });
  await settled(works.late.write(`refusal:${operation.id}:${at}`, () => works.audit.append(entry, at)));
}

/** Whoever was refused need not wait for a store that is away. */
const settled = (written: Promise<unknown>): Promise<unknown> =>
  Promise.race([written, new Promise((resolve) => setTimeout(resolve, 1_000).unref())]);

export const busyWith = ({ hostname }: Works, holder: RowHolder): Refusal =>
  refused("busy", {
    holder: {
      operationId: holder.operationId,
      action: holder.action,
      actor: holder.actor,
      dashboard: hostname,
      at: instant(holder.at),
    },
  });
