import { message } from "../../message";
import type { OperationOf, Verb, VerifyWorld } from "../types";
import { callState, once, wasTaken } from "./calls";
import { look, type Sight } from "./sight";
import { stepOf, wasDone } from "./steps";
import { ending, type Findings, judged, refusedBy, takenFinding } from "./verdicts";

type Kind = "backend-cancel" | "backend-terminate";
const CALL = "signal";
/** So long after the signal a WAL sender that is still shown has not obeyed, in ms. */
const OBEY_MS = 15_000;

export function signalling<K extends Kind>(action: K, signal: "cancel" | "terminate"): Verb<K> {
  return {
    action,
    next(operation, world) {
      const { member, pid, backendStart } = operation.request as OperationOf<Kind>["request"];
      return once(operation, world, { system: "postgres", id: CALL, member, signal, pid, backendStart });
    },
    verify: (operation, world) =>
      judged(operation, world, (one, seen) => judge(one as OperationOf<Kind>, seen, signal)),
    deadlineMs: () => 60_000,
  };
}

/**
 * The picture shows no backends but WAL senders. For the others PostgreSQL's own word is all there is: it compared the backend's start and
 * sent the signal in one statement.
 */
function judge(operation: OperationOf<Kind>, world: VerifyWorld, signal: "cancel" | "terminate"): Findings {
  const { member, pid } = operation.request;
  const call = callState(operation, world, CALL);
  const params = { member, pid: String(pid), signal };
  const taken = stepOf(operation, world.now, "taken", message("verify.step.signal", params), takenFinding(call));
  const at = call.state === "answered" ? call.at : null;
  const sender = isSender(look(world), member, pid, null);
  const watched = signal === "terminate" && (sender || operation.steps.some(({ id }) => id === "gone"));
  const gone = at !== null && isSender(look(world), member, pid, at) === false;
  const obeyed = gone || wasDone(operation, "gone");
  const late = at !== null && world.now - at >= OBEY_MS;
  const steps = watched
    ? [
        taken,
        stepOf(operation, world.now, "gone", message("verify.step.sender-gone", params), {
          state: obeyed ? "done" : late ? "failed" : at === null ? "waiting" : "running",
        }),
      ]
    : [taken];
  if (refusedBy(call)) return { steps, end: refusedBy(call) };
  if (call.state === "answered" && call.answer.kind === "failed") {
    return {
      steps,
      end: ending("failed", "failed", message("outcome.signal-failed", { ...params, text: call.answer.text })),
    };
  }
  if (!wasTaken(call)) return { steps, end: null };
  if (watched && !obeyed) {
    const text = message("outcome.sender-stays", params);
    return { steps, end: late ? ending("failed", "still-there", text) : null };
  }
  return { steps, end: ending("done", "signalled", message("outcome.signalled", params)) };
}

/** Whether it is a WAL sender by a fresh look no older than `since`; null: there is none. */
function isSender(sight: Sight, member: string, pid: number, since: number | null): boolean | null {
  const { postgres } = sight.member(member) ?? {};
  if (postgres?.state !== "fresh" || !postgres.value.canReadReplication) return null;
  if (since !== null && postgres.at < since) return null;
  return postgres.value.senders.some((one) => one.pid === pid);
}
