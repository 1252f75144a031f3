import { describe, expect, it } from "vitest";
import type { OperationState } from "../../actions/operation";
import { instant, memberName } from "../../ids";
import { NOW } from "../../testing/builders";
import { asIs, type RowOver, verdict } from "../../testing/judge";
import { operationView } from "../../testing/operations";
import { planContext } from "../../testing/plan";
import { ground, lockFree, nothingRunning, patroniCredentials, recordWritable } from "./ground";

const at = instant(NOW - 5_000);
const holder = { operationId: "1", action: "restart", actor: "petrov", dashboard: "dash2", at };
/** A switchover of ours that is in this state by the board. */
const withBoard = (state: OperationState) => {
  const request = { action: "switchover", candidate: memberName("node2"), scheduledAt: at } as const;
  const operations = [operationView({ id: "op", state, request })];
  const running = { id: "op", action: "switchover", actor: "petrov", at };
  return planContext((s) => ({ ...s, actions: { operations, pause: null } }), { running });
};

it.each<RowOver>([
  ["our record can be written", "pass yes", {}],
  ["it cannot", "block no", { recordable: false }],
])("%s: %s", (_, says, over) => {
  expect(verdict(recordWritable(planContext(asIs, over)))).toBe(says);
});

it.each<RowOver>([
  ["credentials are configured", "pass yes", {}],
  ["none are", "warn no", { patroniCredentials: false }],
])("%s: %s", (_, says, over) => {
  expect(verdict(patroniCredentials(planContext(asIs, over)))).toBe(says);
});

describe("the lock in the DCS", () => {
  it.each<RowOver>([
    ["free", "pass free", { lock: { kind: "free" } }],
    ["held by another dashboard", "block held", { lock: { kind: "held", by: holder } }],
    ["not permitted", "warn not-permitted", { lock: { kind: "not-permitted" } }],
    ["not supported", "warn not-supported", { lock: { kind: "not-supported" } }],
    ["out of sight", "block failed", { lock: { kind: "failed", text: "timed out" } }],
  ])("%s: %s", (_, says, over) => {
    expect(verdict(lockFree(planContext(asIs, over), "switchover"))).toBe(says);
  });
  it("names who is first, from where, and with what", () => {
    const check = lockFree(planContext(asIs, { lock: { kind: "held", by: holder } }), "switchover");
    expect(check.text.params).toEqual({ action: "restart", actor: "petrov", dashboard: "dash2", at });
  });
  it("out of sight does not keep anyone from freeing a blocked server", () => {
    const context = planContext(asIs, { lock: { kind: "failed", text: "timed out" } });
    expect(lockFree(context, "backend-terminate").status).toBe("warn");
  });
});

describe("another operation of ours", () => {
  it("none: passes", () => {
    expect(verdict(nothingRunning(planContext(), "switchover"))).toBe("pass none");
  });
  it("running: blocks, and is named", () => {
    const check = nothingRunning(withBoard("running"), "reload");
    expect(verdict(check)).toBe("block busy");
    expect(check.text.params).toMatchObject({ action: "switchover", actor: "petrov" });
  });
  it("of which the board says nothing: blocks", () => {
    const running = { id: "unknown", action: "restart", actor: "petrov", at };
    expect(verdict(nothingRunning(planContext(asIs, { running }), "reload"))).toBe("block busy");
  });
  it.each(["scheduled", "awaiting-approval"] as const)("%s: warns", (state) => {
    expect(verdict(nothingRunning(withBoard(state), "reload"))).toBe("warn waits");
  });
  it("scheduled, and to be taken back: passes", () => {
    expect(verdict(nothingRunning(withBoard("scheduled"), "switchover-cancel"))).toBe("pass taken-back");
  });
  it("running cannot be taken back", () => {
    expect(verdict(nothingRunning(withBoard("running"), "switchover-cancel"))).toBe("block busy");
  });
});

it("asks for Patroni's credentials only where Patroni is called", () => {
  const ids = (action: "reload" | "backend-cancel") => ground(planContext(), action).map(({ id }) => id);
  expect(ids("reload")).toContain("patroni-credentials");
  expect(ids("backend-cancel")).not.toContain("patroni-credentials");
});
