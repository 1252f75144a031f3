import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { setActions } from "@/lib/actions/current";
import type { Actions, Refusal } from "@/lib/actions/types";
import { message } from "@/lib/domain/message";
import { createWorld, request, tokenOf, type World } from "./testing/world";
import { POST as execute } from "./v1/clusters/[scope]/operations/route";
import { POST as plan } from "./v1/clusters/[scope]/plans/route";
import { POST as approve } from "./v1/operations/[id]/approve/route";
import { POST as withdraw } from "./v1/operations/[id]/withdraw/route";

let world: World;
const pipeline = { plan: vi.fn(), execute: vi.fn(), approve: vi.fn(), withdraw: vi.fn() };

beforeAll(async () => {
  world = await createWorld();
  setActions(pipeline as unknown as Actions);
});
afterAll(() => {
  setActions(null as unknown as Actions);
  world.close();
});

const JSON_TYPE = { "content-type": "application/json" };
const params = Promise.resolve({ scope: "demo", id: "op-1" });
const post = async (handler: typeof plan, body: unknown, headers: Record<string, string> = {}) => {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const asked = request("/x", {
    method: "POST",
    token: tokenOf("operator"),
    headers: { ...JSON_TYPE, ...headers },
    body: text,
  });
  const response = await handler(asked, { params });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const SWITCHOVER = { action: "switchover", candidate: null, scheduledAt: null };
const refusal = (code: Refusal["code"], more: Partial<Refusal> = {}): Refusal => ({
  kind: "refused",
  code,
  detail: "so",
  reasons: [],
  holder: null,
  operationId: null,
  ...more,
});

describe("a body", () => {
  test.each([
    { name: "that is no JSON", body: "{", status: 400, detail: "JSON" },
    { name: "with a misspelt key", body: { ...SWITCHOVER, candidat: "x" }, status: 400, detail: "candidat" },
    { name: "with a wrong value", body: { ...SWITCHOVER, candidate: 7 }, status: 400, detail: "candidate" },
    { name: "with an unknown action", body: { action: "drop" }, status: 400, detail: "action" },
    { name: "that is empty", body: "", status: 400, detail: "JSON" },
    { name: "larger than 64 kB", body: `{"a":"${"x".repeat(70_000)}"}`, status: 413, detail: "65536" },
  ])("$name is refused and the field is named", async ({ body, status, detail }) => {
    const answer = await post(plan, body);
    expect(answer).toMatchObject({ status, body: { detail: expect.stringContaining(detail) } });
    expect(pipeline.plan).not.toHaveBeenCalled();
  });

  test("of another type is refused", async () => {
    expect(await post(plan, SWITCHOVER, { "content-type": "text/plain" })).toMatchObject({ status: 415 });
  });
});

test("a plan is made for who asks, from where the socket says, never from where the client says", async () => {
  pipeline.plan.mockResolvedValueOnce({ kind: "ok", plan: { id: "p1" } });
  const headers = { "x-forwarded-for": "1.2.3.4", "x-matriarch-peer": "::ffff:10.0.0.9" };
  expect(await post(plan, SWITCHOVER, headers)).toMatchObject({ status: 201, body: { id: "p1" } });
  const asker = { actor: { kind: "token", name: "operator", role: "operator" }, from: "10.0.0.9" };
  expect(pipeline.plan).toHaveBeenCalledExactlyOnceWith(asker, "demo", SWITCHOVER);
});

test("an operation that began is accepted, not done", async () => {
  pipeline.execute.mockResolvedValueOnce({ kind: "ok", operation: { id: "o1", state: "running" } });
  const body = { planId: "p1", confirmation: "demo", reason: "why" };
  expect(await post(execute, body)).toMatchObject({ status: 202, body: { state: "running" } });
  expect(pipeline.execute.mock.calls[0]?.[2]).toEqual({ ...body, acknowledged: [], overridden: [] });
});

test.each([
  ["busy", 409],
  ["fence-moved", 409],
  ["plan-used", 409],
  ["plan-expired", 409],
  ["blocked", 422],
  ["wrong-confirmation", 422],
  ["reason-missing", 422],
  ["unacknowledged", 422],
  ["not-yours", 403],
  ["action-disabled", 403],
  ["not-found", 404],
  ["store-failed", 503],
] as const)("the refusal %s is a problem that names its reasons and who was first", async (code, status) => {
  const holder = {
    operationId: "o9",
    action: "restart",
    actor: "carol",
    dashboard: "d",
    at: "2026-11-21T00:00:00Z" as never,
  };
  pipeline.execute.mockResolvedValueOnce(refusal(code, { holder, reasons: [message("a.b")], operationId: "o2" }));
  expect(await post(execute, { planId: "p", confirmation: "demo", reason: "why" })).toMatchObject({
    status,
    body: {
      type: `urn:matriarch:problem:${code}`,
      holder: { actor: "carol" },
      reasons: [{ key: "a.b" }],
      operationId: "o2",
    },
  });
});

test("approval and withdrawal go by the operation in the path", async () => {
  pipeline.approve.mockResolvedValueOnce({ kind: "ok", operation: { id: "op-1" } });
  expect(await post(approve as typeof plan, {})).toMatchObject({ status: 202 });
  expect(pipeline.approve.mock.calls[0]?.[1]).toBe("op-1");
  pipeline.withdraw.mockResolvedValueOnce({ kind: "ok", operation: { id: "op-1" } });
  expect(await post(withdraw as typeof plan, { reason: " not today " })).toMatchObject({ status: 200 });
  expect(pipeline.withdraw.mock.calls[0]?.slice(1)).toEqual(["op-1", "not today"]);
  expect(await post(withdraw as typeof plan, {})).toMatchObject({
    status: 400,
    body: { detail: expect.stringContaining("reason") },
  });
});
