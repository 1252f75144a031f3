import type { Operation, Step } from "../../actions/operation";
import type { MemberName } from "../../ids";
import { type Message, message } from "../../message";
import { SETTLED, stepOf } from "../shared/steps";
import { type End, ending } from "../shared/verdicts";
import type { VerifyWorld } from "../types";
import { BLIND_MS, PATIENCE_MS, servedSince } from "./after";
import type { Handover } from "./asked";

type Verdict = { readonly steps: readonly Step[]; readonly end: End | null };
type Judgement = {
  readonly operation: Operation;
  readonly world: VerifyWorld;
  readonly leader: MemberName;
  readonly steps: readonly Step[];
  readonly asked: Handover;
};

/** The end, once somebody else holds the key: when every step has found its own end. */
export function verdictOn(judgement: Judgement): Verdict {
  const { operation, leader, asked } = judgement;
  const steps = judgement.steps.map((step) => (step.id === "demoted" ? settleOld(judgement, step) : step));
  const written = steps.find(({ id }) => id === "writable");
  if (written?.state !== "done" || steps.some(({ state }) => !SETTLED.has(state))) return { steps, end: null };

  const reasons = reasonsOf(steps);
  const { candidate } = asked;
  const failed = (id: string) => steps.some((step) => step.id.split(":")[0] === id && step.state === "failed");
  const otherwise = (code: string, params: Message["params"]) => ({
    steps,
    end: ending("done-otherwise", code, message(`outcome.${code}`, params), reasons),
  });
  const old = operation.fence.leader ?? "";
  if (failed("demoted")) return otherwise("old-still-writable", { leader, old });
  if (candidate !== null && candidate !== leader) return otherwise("other-leader", { leader, candidate });
  if (failed("vip") || failed("haproxy") || failed("client")) return otherwise("not-routed", { leader });
  const params = { leader, old, known: old === "" ? "no" : "yes" };
  return { steps, end: ending("done", asked.done, message(`outcome.${asked.done}`, params), reasons) };
}

/** An old leader that is out of sight may still take writes: after a while this is said instead of being waited for. */
function settleOld({ operation, world, steps }: Judgement, step: Step): Step {
  const served = servedSince(steps);
  if (SETTLED.has(step.state) || served === null) return step;
  const unseen = step.detail?.key === "verify.detail.unseen";
  const { text, detail } = step;
  const settle = (state: "unknown" | "failed") =>
    stepOf(operation, world.now, step.id, text, { state, detail, since: step.startedAt });
  if (unseen) return world.now - served >= BLIND_MS ? settle("unknown") : step;
  return world.now - served >= PATIENCE_MS ? settle("failed") : step;
}

/** What is not as it should be, one sentence each. */
const reasonsOf = (steps: readonly Step[]): Message[] =>
  steps.filter(({ state }) => state === "failed" || state === "unknown").map(({ detail, text }) => detail ?? text);
