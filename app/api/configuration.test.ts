import { afterEach, beforeEach, expect, test } from "vitest";
import { setActions } from "@/lib/actions/current";
import type { Actions } from "@/lib/actions/types";
import { configurationSchema } from "@/lib/contract/configuration";
import type { Operation } from "@/lib/domain/actions/operation";
import type { StoredEvent } from "@/lib/domain/events/event";
import { clusterScope, instant } from "@/lib/domain/ids";
import { healthyState, NOW } from "@/lib/domain/testing/builders";
import { operationOf } from "@/lib/domain/testing/operations";
import { setHistory } from "@/lib/history/current";
import type { History } from "@/lib/history/types";
import { createWorld, request, tokenOf, type World } from "./testing/world";
import { GET } from "./v1/clusters/[scope]/configuration/route";

const SECRET = "hunter2";
const scope = clusterScope("demo");
const seen: StoredEvent = {
  id: 5,
  scope,
  at: instant(NOW + 1_000),
  notBefore: null,
  kind: "configuration",
  severity: "notice",
  subject: "demo",
  text: { key: "event.configuration", params: {} },
  data: { differences: [{ path: "ttl", before: 30, after: 20 }], count: 1 },
  source: "observed",
  dedupe: null,
};

let world: World;
let operations: readonly Operation[];
let broken: boolean;

beforeEach(async () => {
  world = await createWorld();
  broken = false;
  const state = healthyState({ scope: "demo" });
  const done = { state: "done", endedAt: instant(NOW + 2_000) } as const;
  const patch = { postgresql: { parameters: { primary_conninfo: `host=a password=${SECRET}` } } };
  operations = [
    { ...operationOf({ action: "configuration", revision: "12", patch: { ttl: 20 } }, state), id: "op1", ...done },
    { ...operationOf({ action: "configuration", revision: "12", patch }, state), id: "op2", ...done },
    { ...operationOf({ action: "resume" }, state), id: "op3", ...done },
  ];
  setHistory({ events: async () => ({ ok: true, value: [seen] }) } as Partial<History> as History);
  const store = {
    operations: async () =>
      broken
        ? { ok: false, failure: { kind: "unavailable", text: `postgres://u:${SECRET}@db` } }
        : { ok: true, value: operations },
  };
  setActions({ store } as unknown as Actions);
});
afterEach(() => world.close());

const ask = (name = "demo") =>
  GET(request("/x", { token: tokenOf("viewer") }), { params: Promise.resolve({ scope: name }) });

test("what is in force, and each change with who asked for it; operations of other kinds are left out", async () => {
  const text = await (await ask()).text();
  const { changes, more } = configurationSchema.parse(JSON.parse(text));
  expect(changes.map(({ id, operation }) => [id, operation?.id ?? null])).toEqual([
    ["event:5", "op1"],
    ["operation:op2", "op2"],
  ]);
  expect(more).toBe(false);
  expect(text).not.toContain(SECRET);
});

test("a store that fails is a 503 without its address, and an unknown cluster a 404", async () => {
  broken = true;
  const answer = await ask();
  expect(answer.status).toBe(503);
  expect(await answer.text()).not.toContain(SECRET);
  expect((await ask("nobody")).status).toBe(404);
});
