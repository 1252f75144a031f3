import { createTranslator } from "use-intl/core";
import { describe, expect, it } from "vitest";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";
import type { OperationState, OperationView } from "../../actions/operation";
import { ACTION_KINDS } from "../../actions/request";
import { instant } from "../../ids";
import { message } from "../../message";
import { NOW } from "../../testing/builders";
import { EXAMPLE_REQUESTS, operationView } from "../../testing/operations";
import type { ClusterEvent } from "../event";
import { later, play, wait } from "../testing/play";

const shown = (...operations: readonly OperationView[]) =>
  later((state) => ({ ...state, actions: { operations, pause: null } }));
const running = operationView({ request: EXAMPLE_REQUESTS.switchover });
const end = (state: OperationState, code: string): OperationView => ({
  ...running,
  state,
  endedAt: instant(NOW + 9_000),
  outcome: { code, text: message("outcome.switched-over", { leader: "node2", old: "node1" }), reasons: [] },
  writeGapMs: 2_100,
  writeGapBasis: "client-eye",
});
const told = (events: readonly ClusterEvent[]) =>
  events
    .filter(({ kind }) => kind === "operation")
    .map(({ severity, dedupe }) => [severity, dedupe?.split(":").at(-1)]);

describe("operations in the record", () => {
  it("begin and end once each, however many pictures show them", () => {
    const events = play([shown(running), wait(1_000), shown(end("done", "switched-over")), wait(1_000)]);
    expect(told(events)).toEqual([
      ["notice", "begun"],
      ["notice", "ended"],
    ]);
    expect(events.find(({ dedupe }) => dedupe?.endsWith("ended"))).toMatchObject({
      at: instant(NOW + 9_000),
      subject: "node2",
      source: "dashboard",
      data: {
        id: running.id,
        action: "switchover",
        actor: "ivanova",
        reason: "Kernel update on node1",
        outcome: "switched-over",
        writeGapMs: 2_100,
      },
    });
  });

  const severities: readonly [OperationState, string][] = [
    ["done", "notice"],
    ["done-otherwise", "warn"],
    ["refused", "info"],
    ["failed", "warn"],
    ["unknown", "critical"],
  ];
  it.each(severities)("that end as %s are of severity %s", (state, severity) => {
    expect(told(play([shown(running), shown(end(state, "x"))])).at(-1)).toEqual([severity, "ended"]);
  });

  it("that began and ended between two pictures are told whole", () => {
    expect(told(play([shown(end("done", "switched-over"))]))).toEqual([
      ["notice", "begun"],
      ["notice", "ended"],
    ]);
  });

  it("that wait for approval have not begun", () => {
    const waiting = { ...running, state: "awaiting-approval", startedAt: null } as const;
    expect(told(play([shown(waiting), wait(1_000), shown(running)]))).toEqual([["notice", "begun"]]);
  });

  it("that were scheduled say so", () => {
    expect(told(play([shown(running), shown({ ...running, state: "scheduled" })]))).toEqual([
      ["notice", "begun"],
      ["notice", "scheduled"],
    ]);
  });

  it("are none in pictures from before there were any", () => {
    expect(told(play([wait(1_000), wait(1_000)]))).toEqual([]);
  });

  it.each([
    ["en", en],
    ["ru", ru],
  ] as const)("have a text for every action and every end in %s", (locale, messages) => {
    const errors: string[] = [];
    const translate = createTranslator({
      locale,
      messages: messages as never,
      timeZone: "UTC",
      onError: (error: Error) => void errors.push(error.message),
    }) as unknown as (key: string, params: Readonly<Record<string, string | number>>) => string;
    const texts = ACTION_KINDS.flatMap((action) =>
      play([shown(operationView({ ...end("done-otherwise", "x"), action, request: EXAMPLE_REQUESTS[action] }))])
        .filter(({ kind }) => kind === "operation")
        .map(({ text }) => translate(text.key, text.params)),
    );
    expect(errors).toEqual([]);
    expect(new Set(texts).size).toBe(texts.length);
    for (const text of texts) expect(text).not.toMatch(/[{}]|undefined/);
  });
});
