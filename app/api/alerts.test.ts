import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { setAlerts } from "@/lib/alerts/current";
import type { AlertDesk } from "@/lib/alerts/types";
import type { UserRole } from "@/lib/config/types";
import { createWorld, request, tokenOf, type World } from "./testing/world";
import { POST as acknowledge } from "./v1/alerts/[id]/acknowledge/route";
import { GET as getDeliveries } from "./v1/alerts/deliveries/route";
import { POST as testNotifier } from "./v1/alerts/notifiers/[name]/test/route";
import { GET as getNotifiers } from "./v1/alerts/notifiers/route";
import { GET as getAlerts } from "./v1/alerts/route";
import { POST as endSilence } from "./v1/silences/[id]/end/route";
import { POST as makeSilence } from "./v1/silences/route";

let world: World;
const desk = {
  alerts: vi.fn(),
  silences: vi.fn(),
  deliveries: vi.fn(),
  notifiers: vi.fn(() => []),
  deadMan: vi.fn(() => null),
  inMemory: vi.fn(() => false),
  acknowledge: vi.fn(),
  silence: vi.fn(),
  endSilence: vi.fn(),
  test: vi.fn(),
};

beforeAll(async () => {
  world = await createWorld();
  setAlerts(desk as unknown as AlertDesk);
});
afterAll(() => {
  setAlerts(null as unknown as AlertDesk);
  world.close();
});
beforeEach(() => {
  vi.clearAllMocks();
});

const params = Promise.resolve({ id: "a1", name: "mail" });
const ASKER = { name: "operator", role: "operator", from: null };

async function call(
  handler: typeof acknowledge,
  body: unknown,
  {
    role = "operator",
    path = "/x",
    headers = {},
  }: { role?: UserRole; path?: string; headers?: Record<string, string> } = {},
) {
  const method = body === undefined ? "GET" : "POST";
  const init = { method, token: tokenOf(role), headers: { "content-type": "application/json", ...headers } };
  const asked = request(path, body === undefined ? init : { ...init, body: JSON.stringify(body) });
  const response = await handler(asked, { params });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
const get = (handler: unknown, path: string) =>
  call(handler as typeof acknowledge, undefined, { path, role: "viewer" });

describe("alerts", () => {
  test.each([
    ["", null],
    ["?state=resolved", true],
    ["?state=firing&state=resolving", false],
    ["?state=firing,resolved", null],
  ])("with %j ask the record for what can be told from it, and no more is answered", async (query, resolved) => {
    const states = ["firing", "resolving", "resolved"];
    desk.alerts.mockResolvedValueOnce(states.map((state) => ({ state })));
    const { status, body } = await get(getAlerts, `/api/v1/alerts${query}`);
    expect(status).toBe(200);
    expect(desk.alerts.mock.calls[0]?.[0]).toMatchObject({ scope: null, since: null, resolved, limit: 200 });
    const shown = (body.alerts as { state: string }[]).map(({ state }) => state);
    expect(shown).toEqual(query === "" ? states : states.filter((state) => query.includes(state)));
  });

  test("are narrowed to a cluster and to a time; nonsense is refused", async () => {
    desk.alerts.mockResolvedValueOnce([]);
    await get(getAlerts, "/api/v1/alerts?scope=demo&since=2026-11-21T02:00:00Z&limit=5");
    const since = Date.parse("2026-11-21T02:00:00Z");
    expect(desk.alerts.mock.calls[0]?.[0]).toEqual({ scope: "demo", since, resolved: null, limit: 5 });
    expect(await get(getAlerts, "/api/v1/alerts?state=loud")).toMatchObject({ status: 400 });
    expect(await get(getAlerts, "/api/v1/alerts?limit=0")).toMatchObject({ status: 400 });
  });

  test("are acknowledged by who asks, with a note", async () => {
    desk.acknowledge.mockResolvedValueOnce({ kind: "ok", value: { id: "a1" } });
    expect(await call(acknowledge, { note: " on it " })).toMatchObject({ status: 200, body: { id: "a1" } });
    expect(desk.acknowledge).toHaveBeenCalledExactlyOnceWith(expect.objectContaining(ASKER), "a1", "on it");
    for (const body of [{}, { note: "  " }, { note: "x", by: "somebody else" }]) {
      expect(await call(acknowledge, body)).toMatchObject({ status: 400 });
    }
  });

  test.each([
    ["not-open", 409],
    ["not-found", 404],
    ["store-failed", 503],
  ] as const)("that cannot be acknowledged say why: %s", async (code, status) => {
    desk.acknowledge.mockResolvedValueOnce({ kind: "refused", code, detail: "so" });
    expect(await call(acknowledge, { note: "x" })).toMatchObject({ status, body: { detail: "so" } });
  });
});

describe("a silence", () => {
  const until = "2026-11-22T02:00:00Z";

  test("is made from now on, by who asks, of a cluster that there is", async () => {
    desk.silence.mockResolvedValueOnce({ kind: "ok", value: { id: "s1" } });
    const body = { kind: "silence", scope: "demo", match: { rule: "lag" }, reason: "known", until };
    expect(await call(makeSilence, body)).toMatchObject({ status: 201, body: { id: "s1" } });
    const [asker, asked] = desk.silence.mock.calls[0] ?? [];
    expect(asker).toMatchObject(ASKER);
    expect(asked).toMatchObject({ match: { rule: "lag", subject: null, severity: null }, until: Date.parse(until) });
    expect(Math.abs(asked.from - Date.now())).toBeLessThan(5_000);
  });

  test.each([
    ["an unknown cluster", { scope: "dmeo" }, 404],
    ["no reason", { reason: " " }, 400],
    ["no end", { until: undefined }, 400],
    ["an end before its beginning", { from: "2026-11-23T02:00:00Z" }, 400],
    ["an owner of its own", { owner: "somebody else" }, 400],
    ["a rule, though it is a maintenance window", { kind: "maintenance", match: { rule: "lag" } }, 400],
  ])("with %s is refused", async (_name, over, status) => {
    const body = { kind: "silence", scope: "demo", reason: "known", until, ...over };
    expect(await call(makeSilence, body)).toMatchObject({ status });
    expect(desk.silence).not.toHaveBeenCalled();
  });

  test("is ended by its id", async () => {
    desk.endSilence.mockResolvedValueOnce({ kind: "ok", value: { id: "a1" } });
    expect(await call(endSilence, {})).toMatchObject({ status: 200 });
    expect(desk.endSilence).toHaveBeenCalledExactlyOnceWith(expect.objectContaining(ASKER), "a1");
  });
});

test("deliveries that cannot be read are a problem that names no more than how the store fails", async () => {
  const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
  desk.deliveries.mockResolvedValueOnce({ ok: false, failure: { kind: "unavailable", text: "postgres://u:p@h" } });
  const { status, body } = await get(getDeliveries, "/api/v1/alerts/deliveries?state=failed&notifier=mail");
  expect(status).toBe(503);
  expect(JSON.stringify(body)).not.toContain("postgres://");
  expect(desk.deliveries).toHaveBeenCalledWith({ notifier: "mail", states: ["failed"], limit: 200 });
  error.mockRestore();
});

test("a test message is for administrators, goes by the notifier in the path, and answers how it went", async () => {
  desk.test.mockResolvedValueOnce({ kind: "ok", value: { state: "failed", error: "550" } });
  expect(await call(testNotifier, {}, { role: "operator" })).toMatchObject({ status: 403 });
  expect(await call(testNotifier, {}, { role: "admin" })).toMatchObject({ status: 200, body: { error: "550" } });
  expect(desk.test.mock.calls[0]?.[1]).toBe("mail");
  expect(await get(getNotifiers, "/api/v1/alerts/notifiers")).toMatchObject({ status: 200, body: { deadMan: null } });
});
