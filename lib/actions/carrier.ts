import type { Stored } from "@/lib/db/types";
import type { Call } from "@/lib/domain/actions/call";
import type { AnsweredCall, Operation } from "@/lib/domain/actions/operation";
import type { CandidateImpact } from "@/lib/domain/actions/plan";
import { type ClusterScope, instant } from "@/lib/domain/ids";
import { message } from "@/lib/domain/message";
import type { Verification } from "@/lib/domain/verify/types";
import { type Carried, expectedOf, gist, judged, phaseOf, stepsThatMoved, storedForm, worldOf } from "./carried";
import { LOOK_WITHIN_MS } from "./deps";
import { awaited, describeCall } from "./describe-call";
import { finish } from "./finish";
import { operationEntry } from "./log";
import type { Picture } from "./pictures";
import { regain } from "./regain";
import type { Carrier, Held, Works } from "./works";

/** It is judged with each new picture, and at least this often, in ms. */
const JUDGE_EVERY_MS = 500;
/** What waits for a moment of its own need not be judged that often, in ms. */
const SCHEDULED_EVERY_MS = 2_000;
/** Its carrier says that it is alive this often, in ms. */
const RENEW_EVERY_MS = 10_000;
/** Figures that run are written down this often, in ms. */
const FIGURES_EVERY_MS = 5_000;
/** So long after a call everything is looked at often, and asked for again so often, in ms. */
const HURRY_FOR_MS = 60_000;
const HURRY_EVERY_MS = 4_000;
/** An answer that is still out when the witnesses agree is waited for so long, in ms. */
const ANSWER_WITHIN_MS = 3_000;
/** No verb has more calls to make at one moment. */
const CALLS_AT_ONCE_MAX = 20;

type Options = {
  readonly held: Held | null;
  /** Its key in the DCS may still be there from before a crash: no call is made until it is ours again. */
  readonly regain: boolean;
  /** What the plan expected of each candidate; what is known of whoever came to lead goes into the receipt. */
  readonly candidates: readonly CandidateImpact[];
};

/**
 * Carries an operation to its end: makes the calls that its verb asks for, each once and each written down before, and judges it by what
 * is seen. `begin` makes the first call, or says why it could not be recorded, in which case nothing was sent; then follows by itself.
 */
export function carry(works: Works, operation: Operation, options: Options) {
  const { store, audit, collectors, now } = works;
  const scope = operation.scope as ClusterScope;
  const verb = works.verbOf(operation.action);
  const carried: Carried = { operation, inFlight: new Map(), held: options.held, gaps: new Map() };
  const arrived: AnsweredCall[] = [];
  const ending = new AbortController();
  let wake: (() => void) | null = null;
  let savedAt = 0;
  let savedGist = "";
  let renewedAt = now();
  let hurriedAt = 0;
  let calledAt = options.regain ? now() : 0;
  let over = false;
  let endSeenAt: number | null = null;
  let mayCall = !options.regain && operation.state === "running";
  let triedAt = 0;
  let seen: Picture | null = null;
  let running: Promise<void> = Promise.resolve();
  const regained = regain(works, carried);
  const stopFollowing = works.pictures.onNext(scope, () => wake?.());

  const note = (data: Readonly<Record<string, unknown>>) => {
    const [entry, at] = [operationEntry("operation-step", carried.operation, data), now()];
    void works.late.write(`step:${operation.id}:${at}:${works.newId()}`, () => audit.append(entry, at));
  };

  async function save(): Promise<Stored<void>> {
    const form = storedForm(carried);
    const saved = await store.save(form);
    if (saved.ok) [savedAt, savedGist] = [now(), gist(form)];
    return saved;
  }

  /** Writes the call down, then makes it. A failure before means that nothing was sent. */
  async function send(call: Call): Promise<Stored<unknown>> {
    const at = now();
    const logged = await audit.append(
      operationEntry("operation-step", carried.operation, { call: describeCall(call) }),
      at,
    );
    if (!logged.ok) return logged;
    const before = carried.operation;
    carried.inFlight.set(call.id, awaited(call, at));
    carried.operation = { ...before, phase: "calling" };
    const saved = await save();
    if (!saved.ok) {
      carried.inFlight.delete(call.id);
      carried.operation = before;
      return saved;
    }
    calledAt = at;
    works.board.put(carried.operation);
    void works.caller.send(scope, call, ending.signal).then((answer) => {
      arrived.push({ ...answer, id: call.id });
      if (over) void settle();
      else wake?.();
    });
    return saved;
  }

  function takeAnswers() {
    for (const answer of arrived.splice(0)) {
      carried.inFlight.delete(answer.id);
      carried.operation = { ...carried.operation, answers: [...carried.operation.answers, answer] };
      note({ answer });
      collectors.hurry(scope);
    }
  }

  /** An answer that came after the end changes no outcome; it is kept beside it. */
  async function settle() {
    takeAnswers();
    works.board.put(carried.operation);
    await works.late.write(`operation:${operation.id}`, save);
  }

  function judge(picture: Picture): Verification {
    const before = carried.operation;
    const verification = verb.verify(before as never, worldOf(carried, picture, now()));
    const expected = expectedOf(options.candidates, before, picture);
    carried.operation = judged(before, verification, phaseOf(carried), expected);
    const steps = stepsThatMoved(before.steps, carried.operation.steps);
    if (steps.length > 0 && verification.end === null)
      note({ steps: steps.map(({ id, state, text }) => ({ id, state, text })) });
    works.board.put(carried.operation);
    return verification;
  }

  async function callNext(picture: Picture): Promise<Stored<unknown> | null> {
    let last: Stored<unknown> | null = null;
    for (let i = 0; mayCall && i < CALLS_AT_ONCE_MAX; i += 1) {
      if (carried.held?.lost()) {
        mayCall = false;
        note({ lock: "lost" });
        return null;
      }
      const call = verb.next(carried.operation as never, worldOf(carried, picture, now()));
      if (!call) return last;
      last = await send(call);
      if (!last.ok) return last;
    }
    return last;
  }

  async function step(): Promise<void> {
    takeAnswers();
    seen = works.pictures.latest(scope) ?? (await collectors.lookAgain(scope, LOOK_WITHIN_MS));
    if (seen) await stepWith(seen);
    if (over || ending.signal.aborted) return;
    if (Date.parse(carried.operation.deadlineAt) <= now()) return end(timedOut(carried.operation));
    const form = storedForm(carried);
    if (gist(form) !== savedGist || now() - savedAt >= FIGURES_EVERY_MS) await save();
    if (now() - renewedAt >= RENEW_EVERY_MS && carried.operation.state === "running") await renew();
    if (now() - calledAt < HURRY_FOR_MS && now() - hurriedAt >= HURRY_EVERY_MS) {
      hurriedAt = now();
      collectors.hurry(scope);
    }
  }

  async function stepWith(picture: Picture): Promise<void> {
    const { end: judgedEnd } = judge(picture);
    if (judgedEnd) {
      endSeenAt ??= now();
      // What is over is often seen before it is answered; the answer belongs to the record.
      if (carried.inFlight.size > 0 && now() - endSeenAt < ANSWER_WITHIN_MS) return;
      if (judgedEnd.state !== "scheduled") return end(judgedEnd);
      if (carried.operation.state === "running") await becomeScheduled();
      return;
    }
    endSeenAt = null;
    if (options.regain && !mayCall && now() - triedAt >= HURRY_EVERY_MS) await takeKeyBack();
    if (nothingWillBeSent()) return end(lockLost);
    await callNext(picture);
  }

  async function takeKeyBack() {
    triedAt = now();
    if (seen) mayCall = await regained(seen);
  }

  /** Its lock is gone and nothing was asked of anybody: so nothing will be. */
  const nothingWillBeSent = () =>
    !mayCall && !options.regain && carried.inFlight.size === 0 && carried.operation.answers.length === 0;

  async function renew() {
    renewedAt = now();
    const renewed = await store.renew(scope, operation.id, operation.boot);
    // Somebody took it over while we were silent: it is theirs, with its locks.
    if (!renewed.ok && renewed.failure.kind === "failed") await stop();
  }

  /** It waits for its moment without a lock: what comes then comes from Patroni. */
  async function becomeScheduled() {
    carried.operation = { ...carried.operation, state: "scheduled" };
    works.board.put(carried.operation);
    if ((await save()).ok) await store.release(scope, operation.id);
    await carried.held?.release();
    carried.held = null;
  }

  async function end(ended: Ending): Promise<void> {
    over = true;
    // A key from before a crash is taken once more, only to be given back.
    if (options.regain && carried.held === null) await takeKeyBack();
    await finish(works, carried, ended, ending.signal);
    stopFollowing();
    works.carriers.delete(operation.id);
  }

  async function follow() {
    while (!ending.signal.aborted && !over) {
      try {
        await step();
      } catch (error) {
        // A defect in a judgement must not leave the operation without a carrier.
        console.error(`Operation ${operation.id}:`, error);
      }
      if (!over) await news(carried.operation.state === "scheduled" ? SCHEDULED_EVERY_MS : JUDGE_EVERY_MS);
    }
  }

  const news = (ms: number) =>
    new Promise<void>((resolve) => {
      if (ending.signal.aborted) return resolve();
      const timer = setTimeout(done, ms);
      function done() {
        clearTimeout(timer);
        wake = null;
        resolve();
      }
      wake = done;
    });

  async function stop() {
    ending.abort();
    stopFollowing();
    works.carriers.delete(operation.id);
    wake?.();
  }

  const carrier: Carrier = {
    operation: () => carried.operation,
    async stop() {
      await stop();
      await running;
    },
  };

  return {
    carrier,
    /** The first call; nothing was sent where it fails. */
    async begin(picture: Picture): Promise<Stored<unknown>> {
      const first = (await callNext(picture)) ?? (await save());
      if (first.ok) this.follow();
      return first;
    },
    follow() {
      works.carriers.set(operation.id, carrier);
      works.board.put(carried.operation);
      running = follow();
    },
  };
}

type Ending = NonNullable<Verification["end"]>;

const timedOut = ({ steps, startedAt, deadlineAt, createdAt }: Operation): Ending => ({
  state: "unknown",
  outcome: {
    code: "timed-out",
    text: message("actions.ended.timedOut", {
      seconds: Math.round((Date.parse(deadlineAt) - Date.parse(startedAt ?? createdAt)) / 1000),
    }),
    reasons: steps.filter(({ state }) => state === "running" || state === "waiting").map(({ text }) => text),
  },
});

const lockLost: Ending = {
  state: "failed",
  outcome: { code: "lock-lost", text: message("actions.ended.lockLost"), reasons: [] },
};

export const deadlineOf = (
  works: Works,
  operation: Operation,
  { state, snapshot }: Picture,
): Operation["deadlineAt"] => {
  const { request } = operation;
  const now = works.now();
  const planned = "scheduledAt" in request && request.scheduledAt !== null ? Date.parse(request.scheduledAt) : now;
  const lasts = works.verbOf(operation.action).deadlineMs(request as never, { now, state, snapshot });
  return instant(Math.max(now, planned) + lasts);
};
