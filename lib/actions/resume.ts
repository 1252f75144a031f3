import type { Operation } from "@/lib/domain/actions/operation";
import type { ClusterScope } from "@/lib/domain/ids";
import { message } from "@/lib/domain/message";
import { expire } from "./approve";
import type { Carried } from "./carried";
import { carry } from "./carrier";
import { LOOK_WITHIN_MS } from "./deps";
import { finish } from "./finish";
import { operationEntry } from "./log";
import { clusterOf } from "./plan";
import { leaderRevisionOf, lockHolderOf } from "./regain";
import { takePauseBack } from "./take-pause-back";
import type { Works } from "./works";

/** A carrier that has said nothing for so long is gone, in ms. */
const SILENT_MS = 60_000;

/**
 * Goes through what is open in the store: what nobody carries is carried on from here, what waits too long for an approval ends, and what
 * another dashboard carries is shown as it stands. `starting`: at the start of the process, when whatever has our store for itself is ours.
 */
export async function sweep(works: Works, shown: Map<string, Operation>, starting: boolean): Promise<void> {
  const open = await works.store.open();
  if (!open.ok) return;
  const elsewhere = new Map<string, Operation>();
  for (const operation of open.value) {
    if (!clusterOf(works, operation.scope) || isOurs(works, operation.id)) continue;
    if (await pickUp(works, operation, starting)) continue;
    elsewhere.set(operation.id, operation);
    works.board.put(operation);
  }
  for (const id of shown.keys()) {
    if (elsewhere.has(id) || isOurs(works, id)) continue;
    const ended = await works.store.operation(id);
    if (ended.ok && ended.value) works.board.put(ended.value);
  }
  await freeLeftBehind(works);
  shown.clear();
  for (const [id, operation] of elsewhere) shown.set(id, operation);
}

/** A row of the lock whose operation does not run: its carrier died after it had written the end down and before it let go. */
async function freeLeftBehind(works: Works): Promise<void> {
  for (const { scope } of works.clusters) {
    const holder = await works.store.holder(scope);
    if (!holder.ok || !holder.value || isOurs(works, holder.value.operationId)) continue;
    const { operationId } = holder.value;
    const holding = await works.store.operation(operationId);
    if (holding.ok && holding.value && holding.value.state !== "running") await works.store.release(scope, operationId);
  }
}

const isOurs = ({ carriers, starting }: Works, id: string): boolean => carriers.has(id) || starting.has(id);

/** True when it is carried, or ended, here from now on. */
async function pickUp(works: Works, operation: Operation, starting: boolean): Promise<boolean> {
  const { id, state, deadlineAt, boot } = operation;
  const overdue = Date.parse(deadlineAt) <= works.now();
  switch (state) {
    case "awaiting-approval":
      if (overdue) await expire(works, operation);
      return overdue;
    case "scheduled":
      // It holds no lock by which a silent carrier could be told, so it changes hands only at a start, or when nobody ended it.
      if (boot !== works.boot && !starting && !overdue) return false;
      await resume(works, operation);
      return true;
    default: {
      const silentSince = starting && works.alone ? Number.MAX_SAFE_INTEGER : works.now() - SILENT_MS;
      const taken = await works.store.takeOver(id, works.boot, silentSince);
      if (!taken.ok || !taken.value) return false;
      await resume(works, operation);
      return true;
    }
  }
}

/** Carries an operation on from what is written of it. What may have been sent is never sent again. */
async function resume(works: Works, found: Operation): Promise<void> {
  const operation: Operation = { ...found, boot: works.boot, resumed: found.resumed + 1 };
  works.starting.add(operation.id);
  try {
    const at = works.now();
    const entry = operationEntry("operation-resumed", operation, { phase: found.phase, boot: found.boot });
    void works.late.write(`resumed:${operation.id}:${operation.resumed}`, () => works.audit.append(entry, at));
    if (operation.state === "running" && (operation.phase === "checking" || operation.phase === "locked")) {
      return await endUnsent(works, operation);
    }
    if (operation.action === "pgbouncer-pause") return await takePauseBack(works, operation);
    carry(works, operation, { held: null, regain: operation.state === "running", candidates: [] }).follow();
  } finally {
    works.starting.delete(operation.id);
  }
}

/** It died before anything was asked of anybody. Its key in the DCS, if it got that far, is given back. */
async function endUnsent(works: Works, operation: Operation): Promise<void> {
  const scope = operation.scope as ClusterScope;
  const looked = await works.collectors.lookAgain(scope, LOOK_WITHIN_MS);
  const taken = looked && (await works.lock.take(scope, lockHolderOf(works, operation), leaderRevisionOf(looked)));
  const held = taken?.kind === "taken" ? taken : null;
  const carried: Carried = { operation, inFlight: new Map(), held, gaps: new Map() };
  const outcome = { code: "not-sent", text: message("actions.ended.notSent"), reasons: [] };
  await finish(works, carried, { state: "failed", outcome }, new AbortController().signal);
}
