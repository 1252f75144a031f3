import type { Stored } from "@/lib/db/types";
import { type ClusterScope, instant } from "@/lib/domain/ids";
import type { Verification } from "@/lib/domain/verify/types";
import { type Carried, storedForm } from "./carried";
import { operationEntry } from "./log";
import type { Works } from "./works";

/** Pause between two tries to write the end down, in ms. */
const RETRY_MS = 1_000;

/**
 * Ends an operation: on the board at once, its key in the DCS given back at once, then in the record, and only then its row of the lock.
 * While the store fails it is tried again until `left` aborts; a successor then finds the operation open and judges it anew.
 */
export async function finish(
  works: Works,
  carried: Carried,
  { state, outcome }: NonNullable<Verification["end"]>,
  left: AbortSignal,
): Promise<void> {
  const { store, audit, now, late } = works;
  const at = now();
  carried.operation = {
    ...carried.operation,
    state: state === "scheduled" ? "unknown" : state,
    phase: "ended",
    outcome,
    endedAt: instant(at),
  };
  const { operation } = carried;
  works.board.put(operation);
  const { steps, answers, writeGapMs, writeGapBasis, receipt } = operation;
  const entry = operationEntry("operation-ended", operation, {
    state: operation.state,
    outcome,
    steps: steps.map(({ id, state: step, startedAt, endedAt }) => ({ id, state: step, startedAt, endedAt })),
    answers,
    writeGapMs,
    writeGapBasis,
    receipt,
  });
  const logged = late.write(`ended:${operation.id}`, () => audit.append(entry, at));
  await carried.held?.release();
  carried.held = null;
  const saved = await untilDone(() => store.save(storedForm(carried)), left);
  if (saved) await untilDone(() => store.release(operation.scope as ClusterScope, operation.id), left);
  if (!left.aborted) await logged;
  works.ended(operation);
}

/** True when it is done; false when we leave, or when the store refuses it because somebody else carries the operation by now. */
async function untilDone(write: () => Promise<Stored<void>>, left: AbortSignal): Promise<boolean> {
  for (;;) {
    const stored = await write();
    if (stored.ok) return true;
    console.error(`The end of an operation could not be written yet: ${stored.failure.text}`);
    if (stored.failure.kind === "failed" || left.aborted) return false;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, RETRY_MS);
      const leave = () => {
        clearTimeout(timer);
        resolve();
      };
      left.addEventListener("abort", leave, { once: true });
    });
  }
}
