import type { Call } from "@/lib/domain/actions/call";
import type { AnsweredCall, Operation } from "@/lib/domain/actions/operation";
import type { ClusterScope } from "@/lib/domain/ids";
import { message } from "@/lib/domain/message";
import type { Carried } from "./carried";
import { awaited, describeCall } from "./describe-call";
import { finish } from "./finish";
import { operationEntry } from "./log";
import { leaderRevisionOf, lockHolderOf } from "./regain";
import type { Works } from "./works";

/** How long one try may take, in ms, and how often a pool that cannot be reached is tried. */
const RESUME_WITHIN_MS = 5_000;
const TRIES_MAX = 3;

/**
 * A pause of PgBouncer under way when its carrier died: the pool may be paused by now, or will be, and nobody waits for it any more while
 * every client does. It is taken back, which does no harm where it never took effect.
 */
export async function takePauseBack(works: Works, operation: Operation): Promise<void> {
  const { request } = operation;
  if (request.action !== "pgbouncer-pause") return;
  const scope = operation.scope as ClusterScope;
  const looked = await works.collectors.lookAgain(scope, RESUME_WITHIN_MS);
  const taken = looked && (await works.lock.take(scope, lockHolderOf(works, operation), leaderRevisionOf(looked)));
  const carried: Carried = {
    operation,
    inFlight: new Map(),
    held: taken?.kind === "taken" ? taken : null,
    gaps: new Map(),
  };
  let answer: AnsweredCall | null = null;
  for (let i = 1; i <= TRIES_MAX && (answer === null || answer.kind === "not-sent"); i += 1) {
    const call: Call = {
      system: "pgbouncer",
      id: `take-back:${i}`,
      member: request.member,
      command: "resume",
      database: request.database,
      timeoutMs: RESUME_WITHIN_MS,
    };
    answer = await callOnce(works, carried, call);
  }
  const back = answer?.kind === "done" || (answer?.kind === "refused" && /not paused/i.test(answer.text));
  await finish(
    works,
    carried,
    back
      ? { state: "failed", outcome: outcomeOf("taken-back", request.member) }
      : { state: "unknown", outcome: outcomeOf("not-taken-back", request.member) },
    new AbortController().signal,
  );
}

async function callOnce(works: Works, carried: Carried, call: Call): Promise<AnsweredCall> {
  const at = works.now();
  const entry = operationEntry("operation-step", carried.operation, { call: describeCall(call) });
  // Clients wait: what could not be written down yet is written late, and the pause is taken back all the same.
  void works.late.write(`step:${carried.operation.id}:${call.id}`, () => works.audit.append(entry, at));
  carried.inFlight.set(call.id, awaited(call, at));
  await works.store.save({ ...carried.operation, answers: [...carried.operation.answers, awaited(call, at)] });
  const said = await works.caller.send(
    carried.operation.scope as ClusterScope,
    call,
    AbortSignal.timeout(RESUME_WITHIN_MS * 2),
  );
  const answer = { ...said, id: call.id };
  carried.inFlight.delete(call.id);
  carried.operation = { ...carried.operation, answers: [...carried.operation.answers, answer] };
  return answer;
}

function outcomeOf(code: "taken-back" | "not-taken-back", member: string) {
  const text =
    code === "taken-back"
      ? message("actions.ended.takenBack", { member })
      : message("actions.ended.notTakenBack", { member });
  return { code, text, reasons: [] };
}
