import { afterEach, expect, test, vi } from "vitest";
import { type FakeServer, type Reply, startFakeServer } from "@/lib/sources/postgres/testing/fake-server";
import { createPgbouncerProbe } from "./client";
import { pgbouncerFailureOf } from "./failure";

const ANSWERS: Record<string, Reply> = {
  "SHOW VERSION": { rows: [{ version: "PgBouncer 1.24.1" }] },
  "SHOW DATABASES": { rows: [{ name: "app", host: "10.0.0.1", port: "5432", paused: "0", disabled: "0" }] },
  "SHOW POOLS": {
    rows: [
      {
        database: "app",
        user: "erp",
        cl_active: "3",
        cl_waiting: "1",
        sv_active: "2",
        sv_idle: "4",
        sv_used: "0",
        sv_tested: "0",
        sv_login: "0",
        maxwait: "1",
        maxwait_us: "250000",
        pool_mode: "session",
      },
    ],
  },
  "SHOW STATE": {
    rows: [
      { key: "active", value: "no" },
      { key: "paused", value: "yes" },
    ],
  },
  "SHOW STATS": {
    rows: [
      {
        database: "app",
        total_xact_count: "20",
        total_query_count: "50",
        total_received: "1000",
        total_sent: "2000",
        total_xact_time: "4000",
        total_query_time: "3000",
        total_wait_time: "1500",
      },
    ],
  },
};

let server: FakeServer;
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
});

async function probeOf(reply: (query: string) => Reply) {
  server = await startFakeServer(reply);
  const onLost = () => undefined;
  return createPgbouncerProbe({
    host: "127.0.0.1",
    port: server.port,
    user: "stats",
    password: null,
    timeoutMs: 1000,
    onLost,
  });
}
const known = (query: string): Reply => ANSWERS[query] ?? { sqlstate: "08P01", message: `invalid command '${query}'` };

test("one simple command a query, the version once a connection", async () => {
  const probe = await probeOf(known);
  expect(await probe.look()).toMatchObject({
    ok: true,
    value: {
      version: "1.24.1",
      allPaused: true,
      pools: [{ user: "erp", clientsWaiting: 1, maxWaitMs: 1250 }],
      stats: [{ assignments: null, waitMs: 1.5 }],
    },
  });
  await probe.look();
  await probe.close();
  expect(server.queries).toEqual([
    "SHOW VERSION",
    ...["SHOW DATABASES", "SHOW POOLS", "SHOW STATS", "SHOW STATE"],
    ...["SHOW DATABASES", "SHOW POOLS", "SHOW STATS", "SHOW STATE"],
  ]);
});

test("before 1.19 the console is not asked for its state, and whether all is paused is not known", async () => {
  const old: Reply = { rows: [{ version: "PgBouncer 1.18.0" }] };
  const probe = await probeOf((query) => (query === "SHOW VERSION" ? old : known(query)));
  expect(await probe.look()).toMatchObject({ ok: true, value: { allPaused: null } });
  await probe.close();
  expect(server.queries).not.toContain("SHOW STATE");
});

test("no startup parameter that PgBouncer refuses is sent, whatever our environment says", async () => {
  vi.stubEnv("PGOPTIONS", "-c statement_timeout=1");
  vi.stubEnv("PGAPPNAME", "other");
  const probe = await probeOf(known);
  await probe.look();
  await probe.close();
  expect(server.startups).toEqual([
    { user: "stats", database: "pgbouncer", application_name: "matriarch", client_encoding: "UTF8" },
  ]);
});

test("an answer of another shape is malformed and names the column", async () => {
  const probe = await probeOf((query) => (query === "SHOW POOLS" ? { rows: [{ database: "app" }] } : known(query)));
  expect(await probe.look()).toMatchObject({
    failure: { kind: "malformed", text: expect.stringContaining("SHOW POOLS: 0.user") },
  });
  await probe.close();
});

test.each([
  ["08P01", "not allowed", "unauthorized"],
  ["08P01", "SASL authentication failed", "unauthorized"],
  ["28P01", "password authentication failed", "unauthorized"],
  ["08P01", "unsupported startup parameter: options", "failed"],
  ["08P01", "pgbouncer cannot connect to server", "failed"],
])("%s %s is %s", async (code, message, kind) => {
  server = await startFakeServer(known);
  expect(pgbouncerFailureOf(Object.assign(new Error(message), { code }), "stats").kind).toBe(kind);
});
