import { createTranslator } from "use-intl/core";
import { describe, expect, it } from "vitest";
import { createT } from "@/lib/format/message";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";
import type { AnsweredCall } from "../actions/operation";
import { ACTION_KINDS } from "../actions/request";
import { type EpochMs, instant } from "../ids";
import type { Message } from "../message";
import { know } from "../observation";
import { healthyState, NOW } from "../testing/builders";
import { answered, EXAMPLE_REQUESTS, operationOf } from "../testing/operations";
import { randomState, seeded } from "../testing/random";
import { verbOf } from ".";
import { worldOf } from "./testing/follow";
import type { Verification } from "./types";

const KINDS: readonly AnsweredCall["kind"][] = [
  "done",
  "accepted",
  "scheduled",
  "refused",
  "failed",
  "unknown",
  "not-sent",
];
const IDS = [
  "switchover",
  "failover",
  "reinitialize",
  "restart:node2",
  "restart-cancel",
  "reload:node2",
  "pause",
  "resume",
  "config",
  "signal",
  "haproxy:node1",
  "pgbouncer",
  "switchover-cancel",
];

/** Every action judged on many clusters in any condition, with any answer, early and past its deadline. */
function* judgements() {
  const random = seeded(11);
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
  for (let i = 0; i < 250; i += 1) {
    const now: EpochMs = NOW + Math.floor(random() * 120_000);
    const state = randomState(random, now);
    for (const action of ACTION_KINDS) {
      const answers = random() < 0.3 ? [] : IDS.map((id) => answered(id, pick(KINDS)));
      const request = EXAMPLE_REQUESTS[action];
      const deadlineAt = instant(random() < 0.2 ? now - 1 : now + 60_000);
      const resumed = random() < 0.2 ? 1 : 0;
      const operation = operationOf(request as never, healthyState(), { answers, deadlineAt, resumed });
      const world = worldOf(state, now);
      yield { action, state, now, operation, told: verbOf(action).verify(operation as never, world) };
    }
  }
}

const textsOf = ({ steps, end }: Verification): Message[] => [
  ...steps.flatMap(({ text, detail }) => (detail ? [text, detail] : [text])),
  ...(end ? [end.outcome.text, ...end.outcome.reasons] : []),
];

describe("whatever the cluster looks like", () => {
  const all = [...judgements()];

  it("is judged of many clusters, with every kind of end among them", () => {
    const ends = new Set(all.map(({ told }) => told.end?.state ?? "running"));
    expect([...ends].sort()).toEqual(["done", "done-otherwise", "failed", "refused", "running", "unknown"]);
  });

  it("a handover is done only while a fresh DCS names the candidate", () => {
    const done = all.filter(
      ({ action, told }) => (action === "switchover" || action === "failover") && told.end?.state === "done",
    );
    for (const { state, now } of done) {
      const dcs = know(state.dcs, now);
      expect(dcs.state === "fresh" && dcs.value.leader?.name).toBe("node2");
    }
  });

  it("no step has two of its kind, and a step that ended says when", () => {
    for (const { told } of all) {
      expect(new Set(told.steps.map(({ id }) => id)).size).toBe(told.steps.length);
      for (const { state, endedAt } of told.steps)
        expect(endedAt === null).toBe(state === "waiting" || state === "running");
    }
  });

  it("past its deadline everything has an end", () => {
    const late = all.filter(({ operation, now }) => Date.parse(operation.deadlineAt) <= now);
    expect(late.length).toBeGreaterThan(100);
    expect(late.filter(({ told }) => told.end === null)).toEqual([]);
  });

  it("no call is made that has an answer", () => {
    for (const { action, operation, state, now } of all) {
      const call = verbOf(action).next(operation as never, worldOf(state, now));
      if (call) expect(operation.answers.map(({ id }) => id)).not.toContain(call.id);
    }
  });

  it.each([
    ["en", en],
    ["ru", ru],
  ] as const)("every text renders in %s, with every value in its place", (locale, messages) => {
    const errors: string[] = [];
    const onError = (error: Error) => void errors.push(error.message);
    const translate = createTranslator({
      locale,
      messages: messages as never,
      timeZone: "UTC",
      onError,
    }) as unknown as (key: string, params: Message["params"]) => string;
    for (const text of all.flatMap(({ told }) => textsOf(told)))
      expect(translate(text.key, text.params)).not.toMatch(/[{}]|undefined/);
    expect([...new Set(errors)]).toEqual([]);
    expect(createT(locale, messages).has("outcome.switched-over")).toBe(true);
  });
});
