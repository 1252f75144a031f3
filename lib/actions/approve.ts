import type { Operation, Outcome } from "@/lib/domain/actions/operation";
import { type ClusterScope, instant } from "@/lib/domain/ids";
import { message } from "@/lib/domain/message";
import { begin, recordRefused } from "./begin";
import { checkAgain } from "./confirm";
import { computeAgain, heldBy, heldMeanwhile, type Ok } from "./execute";
import { operationEntry } from "./log";
import { refusedForm } from "./operation-of";
import { clusterOf, disabled } from "./plan";
import { notRecorded, refused } from "./refusal";
import type { Refusal } from "./types";
import { mayAct, type Who } from "./who";
import type { Works } from "./works";

/** The second pair of eyes. Everything is checked once more, against the fence of the plan that was asked for. */
export async function approve(works: Works, who: Who, id: string): Promise<Ok | Refusal> {
  if (!mayAct(who)) return refused("forbidden");
  const waiting = await waitingOne(works, id);
  if (waiting.kind === "refused") return waiting;
  const { operation } = waiting;
  if (operation.actor === who.name) return refused("forbidden", { reasons: [message("actions.reason.ownApproval")] });
  const cluster = clusterOf(works, operation.scope);
  if (!cluster) return refused("not-found");
  if (cluster.actions.disabled.includes(operation.action)) return disabled(operation.request);
  if (Date.parse(operation.deadlineAt) <= works.now()) {
    await expire(works, operation);
    return refused("not-approvable", { operationId: id });
  }
  const again = await computeAgain(works, cluster, operation.request, id);
  if (!again) return refused("not-started");
  const other = heldBy(works, again.context);
  if (other) return refused("busy", { holder: other });
  const changed = checkAgain(operation, again.computed, operation, works.fenceMoved);
  const approved: Operation = { ...operation, approvedBy: who.name, boot: works.boot };
  if (changed) {
    const holder = await heldMeanwhile(works, cluster, id);
    // Whoever acts just now will have ended: what waits may be approved then.
    if (holder) return refused("busy", { holder });
    await endWaiting(works, refusedForm(works, approved, changed));
    await recordRefused(works, approved, changed);
    return { ...changed, operationId: id };
  }
  const at = works.now();
  const logged = await works.audit.append(operationEntry("operation-approved", approved, {}, who), at);
  if (!logged.ok) return notRecorded(logged.failure);
  const begun = await begin(works, { ...approved, state: "running", startedAt: instant(at) }, again, "lock");
  const overtaken = begun.kind === "refused" && begun.code === "busy" && begun.holder?.operationId === id;
  return overtaken ? refused("not-approvable", { operationId: id }) : begun;
}

/** Takes back what waits: by who asked for it, by an admin, or by the second person who declines. */
export async function withdraw(works: Works, who: Who, id: string, reason: string): Promise<Ok | Refusal> {
  if (!mayAct(who)) return refused("forbidden");
  const waiting = await waitingOne(works, id);
  if (waiting.kind === "refused") return waiting;
  const { operation } = waiting;
  const own = operation.actor === who.name;
  const outcome: Outcome = own
    ? { code: "withdrawn", text: message("actions.ended.withdrawn", { actor: who.name, reason }), reasons: [] }
    : { code: "declined", text: message("actions.ended.declined", { actor: who.name, reason }), reasons: [] };
  const ended = endedForm(works, operation, outcome);
  const stored = await endWaiting(works, ended);
  if (stored.kind === "refused") return stored;
  const at = works.now();
  const entry = operationEntry("operation-withdrawn", ended, { code: outcome.code, reason }, who);
  await works.late.write(`withdrawn:${id}`, () => works.audit.append(entry, at));
  return { kind: "ok", operation: ended };
}

/** What nobody approved in time. */
export async function expire(works: Works, operation: Operation): Promise<void> {
  const text = message("actions.ended.approvalExpired");
  const ended = endedForm(works, operation, { code: "approval-expired", text, reasons: [] });
  if ((await endWaiting(works, ended)).kind === "refused") return;
  const at = works.now();
  const entry = operationEntry("operation-withdrawn", ended, { code: "approval-expired" });
  void works.late.write(`withdrawn:${operation.id}`, () => works.audit.append(entry, at));
}

async function waitingOne(works: Works, id: string): Promise<Ok | Refusal> {
  const stored = await works.store.operation(id);
  if (!stored.ok) return notRecorded(stored.failure);
  if (!stored.value || !clusterOf(works, stored.value.scope)) return refused("not-found");
  const waits = stored.value.state === "awaiting-approval" && !works.starting.has(id);
  return waits ? { kind: "ok", operation: stored.value } : refused("not-approvable", { operationId: id });
}

const endedForm = (works: Works, operation: Operation, outcome: Outcome): Operation => ({
  ...operation,
  state: "refused",
  phase: "ended",
  outcome,
  endedAt: instant(works.now()),
  boot: works.boot,
});

/**
 * Ends what waits, unless it was approved meanwhile: the row of the lock decides who was first. Where another operation holds it, nobody
 * can approve this one now, and it is ended as it is.
 */
async function endWaiting(works: Works, ended: Operation): Promise<Ok | Refusal> {
  const scope = ended.scope as ClusterScope;
  const locked = await works.store.lock(ended);
  if (!locked.ok) {
    const now = await works.store.operation(ended.id);
    const waits = now.ok && now.value?.state === "awaiting-approval";
    return waits || !now.ok ? notRecorded(locked.failure) : refused("not-approvable", { operationId: ended.id });
  }
  if (locked.value.kind === "busy") {
    if (locked.value.holder.operationId === ended.id) return refused("not-approvable", { operationId: ended.id });
    const saved = await works.store.save(ended);
    if (!saved.ok) return notRecorded(saved.failure);
  } else {
    void works.late.write(`release:${ended.id}`, () => works.store.release(scope, ended.id));
  }
  works.board.put(ended);
  return { kind: "ok", operation: ended };
}
