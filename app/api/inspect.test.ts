import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { setInspector } from "@/lib/collectors/inspect/current";
import { createInspector, type Inspector } from "@/lib/collectors/inspect/inspector";
import { setConfig } from "@/lib/config/current";
import type { Config, UserRole } from "@/lib/config/types";
import { inspectAnswerSchema, settingsComparisonSchema } from "@/lib/contract/inspect";
import { fail, ok, type Result } from "@/lib/domain/observation";
import type { InspectConnection } from "@/lib/sources/postgres/inspect/connection";
import { createWorld, request, tokenOf, type World } from "./testing/world";
import { GET as getInspect } from "./v1/clusters/[scope]/members/[member]/inspect/[topic]/route";
import { GET as getSettings } from "./v1/clusters/[scope]/settings/route";

const QUERY = "SELECT secret_column FROM payroll";
const DATABASES = { freezeMaxAge: 1, multixactFreezeMaxAge: 1, databases: [] };

const session = {
  pid: 7,
  database: "shop",
  user: "app",
  application: "web",
  client: null,
  kind: "client backend",
  state: "active",
  waitType: null,
  waitEvent: null,
  connectedSeconds: 1,
  backendStart: null,
  transactionSeconds: 1,
  querySeconds: 1,
  stateSeconds: 1,
  hasXid: false,
  xminAge: null,
  queryId: "42",
  query: QUERY,
  queryCut: true,
  blockedBy: [],
  waitsFor: null,
  own: false,
};
const ANSWERS: Readonly<Record<string, unknown>> = {
  activity: {
    maxConnections: 100,
    clients: 1,
    states: [{ state: "active", count: 1 }],
    applications: [],
    users: [],
    databases: [],
    waits: [],
    sessionsTotal: 1,
    sessions: [session],
    prepared: [],
  },
  statements: {
    installed: true,
    database: "postgres",
    version: "1.11",
    total: 1,
    limit: 50,
    resetAt: null,
    dropped: null,
    statements: [
      {
        queryId: "42",
        user: "app",
        database: "shop",
        calls: 1,
        totalMs: 1,
        meanMs: 1,
        maxMs: 1,
        share: 1,
        rows: 1,
        blocksHit: 1,
        blocksRead: 1,
        tempBlocksWritten: 0,
        walBytes: 0,
        query: QUERY,
        queryCut: false,
      },
    ],
  },
  databases: DATABASES,
};

let world: World;
let inspector: Inspector;
/** What every connection answers next. */
let next: () => Result<unknown>;

beforeEach(async () => {
  world = await createWorld();
  const roster = () => world.live.state("demo")?.roster ?? [];
  const connect = (): InspectConnection => ({ ask: async <T>() => next() as Result<T>, close: async () => undefined });
  inspector = createInspector([{ scope: "demo", roster, connect }]);
  setInspector(inspector);
});
afterEach(async () => {
  await inspector.close();
  world.close();
});

/** The world's configuration with access to PostgreSQL; `showQueries` is all that the routes read of it. */
function allow(showQueries: "viewer" | "operator") {
  const postgres = { showQueries } as NonNullable<Config["clusters"][number]["postgres"]>;
  setConfig({ ...world.config, clusters: world.config.clusters.map((cluster) => ({ ...cluster, postgres })) });
}

const ask = (topic: string, role: UserRole = "viewer", member = "node1", query = "") =>
  getInspect(request(`/x${query}`, { token: tokenOf(role) }), {
    params: Promise.resolve({ scope: "demo", member, topic }),
  });

describe("the text of queries", () => {
  const cases = [
    ["viewer", "operator", false],
    ["operator", "operator", true],
    ["admin", "operator", true],
    ["viewer", "viewer", true],
    ["operator", "viewer", true],
  ] as const;
  for (const topic of ["activity", "statements"]) {
    test.each(cases)(`${topic}: %s, where %s may read it: %s`, async (role, smallest, reads) => {
      allow(smallest);
      next = () => ok(ANSWERS[topic]);
      const body = await (await ask(topic, role)).text();
      expect(body.includes("secret_column")).toBe(reads);
      const answer = inspectAnswerSchema.parse(JSON.parse(body));
      expect(answer.queries).toBe(reads ? "shown" : "hidden");
      expect(body).toContain('"queryId":"42"');
    });
  }

  test("an operator's look leaves no text behind for the viewer who comes after", async () => {
    next = () => ok(ANSWERS.activity);
    expect(await (await ask("activity", "operator")).text()).toContain("secret_column");
    expect(await (await ask("activity", "viewer")).text()).not.toContain("secret_column");
    expect(await (await ask("activity", "operator")).text()).toContain("secret_column");
  });

  test("without any word in the configuration, viewers do not read it", async () => {
    next = () => ok(ANSWERS.activity);
    expect(await (await ask("activity", "viewer")).text()).not.toContain("secret_column");
  });
});

describe("what is not there", () => {
  test.each([
    ["member", "activity", "nobody", ""],
    ["member named like a property", "activity", "constructor", ""],
    ["topic", "everything", "node1", ""],
    ["topic named like a property", "constructor", "node1", ""],
    ["database", "tables", "node1", "?database=nothing"],
  ])("%s: 404 that says so", async (_name, topic, member, query) => {
    next = () => ok(DATABASES);
    const response = await ask(topic, "viewer", member, query);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ type: "urn:matriarch:problem:not-found" });
  });
});

test("a failure is an answer with its kind, not an error of ours", async () => {
  next = () => fail("insufficient-privilege", "GRANT pg_monitor TO matriarch");
  const response = await ask("activity");
  expect(response.status).toBe(200);
  expect(inspectAnswerSchema.parse(await response.json())).toMatchObject({
    good: null,
    last: { failure: { kind: "insufficient-privilege", text: "GRANT pg_monitor TO matriarch" } },
  });
});

test("settings: the leader first, and who cannot be read is told", async () => {
  next = () => fail("refused", "connection refused");
  const response = await getSettings(request("/x", { token: tokenOf("viewer") }), {
    params: Promise.resolve({ scope: "demo" }),
  });
  const body = settingsComparisonSchema.parse(await response.json());
  expect(body.members[0]?.member).toBe(world.live.snapshot("demo")?.leader?.name);
  expect(body.members.map(({ at, failure }) => [at, failure?.kind])).toEqual(body.members.map(() => [null, "refused"]));
  expect(body.differences).toEqual([]);
});
