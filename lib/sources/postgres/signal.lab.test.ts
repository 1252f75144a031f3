import { Client } from "pg";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { credentials, ensureUp, type HostName, hostAddress, readCluster, readTruth, settle } from "@/lab/index";
import { PORTS } from "@/lab/settings";
import { Secret } from "@/lib/config/types";
import type { BackendFacts } from "@/lib/domain/actions/facts";
import { type Instant, memberName } from "@/lib/domain/ids";
import { ok } from "@/lib/domain/observation";
import { askOnce, type PostgresAccess } from "./once";
import { getBackendFacts, getServerFacts } from "./plan-facts";
import { signalBackend } from "./signal";

let leader: HostName = "node1";
const clients: Client[] = [];

beforeAll(async () => {
  await ensureUp();
  await settle();
  leader = readCluster().hosts.find((host) => host === leaderKey) ?? "node1";
});
const { leaderKey } = await readTruth().catch(() => ({ leaderKey: null }));
afterEach(async () => {
  for (const client of clients.splice(0)) await client.end().catch(() => undefined);
});

const access = (host = leader, user: "matriarch" | "matriarchBare" = "matriarch"): PostgresAccess => ({
  host: hostAddress(host),
  port: PORTS.postgres,
  user: user === "matriarch" ? "matriarch" : "matriarch_bare",
  password: new Secret(credentials()[user]),
  database: "postgres",
  sslmode: "prefer",
  ca: null,
});

async function session(application: string, user: "bench" | "matriarch" | "postgres" = "bench") {
  const client = new Client({
    host: hostAddress(leader),
    port: PORTS.postgres,
    user,
    password: credentials()[user],
    database: user === "bench" ? "bench" : "postgres",
    application_name: application,
  });
  const ended = new Promise<void>((resolve) => {
    client.on("error", () => resolve());
    client.on("end", () => resolve());
  });
  await client.connect();
  clients.push(client);
  const { rows } = await client.query(
    `SELECT pid, to_char(backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS start
     FROM pg_stat_activity WHERE pid = pg_backend_pid()`,
  );
  return { client, ended, pid: rows[0].pid as number, start: rows[0].start as Instant };
}
type Session = Awaited<ReturnType<typeof session>>;

const send = (signal: "cancel" | "terminate", { pid, start }: Pick<Session, "pid" | "start">, by = access()) =>
  signalBackend(
    { system: "postgres", id: "x", member: memberName(leader), signal, pid, backendStart: start },
    by,
    3_000,
  );

const facts = async ({ pid, start }: Session, by = access()): Promise<BackendFacts | null> => {
  const seen = await getBackendFacts(by, memberName(leader), { pid, backendStart: start }, 3_000);
  if (!seen.ok) throw new Error(seen.failure.text);
  return seen.value;
};

test("a query is cancelled and its session lives; a terminated one ends", async () => {
  const one = await session("a worker");
  const sleeping = one.client.query("SELECT pg_sleep(60)").catch((error: Error) => error.message);
  await vi.waitFor(async () => expect((await facts(one))?.query).toBe("SELECT pg_sleep(60)"), 3_000);
  expect(await send("cancel", one)).toMatchObject({ kind: "accepted", text: "signal sent" });
  expect(await sleeping).toContain("canceling statement due to user request");
  expect((await one.client.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  expect(await send("terminate", one)).toMatchObject({ kind: "accepted" });
  await one.ended;
  await vi.waitFor(async () => expect(await facts(one)).toBeNull(), 3_000);
  expect(await send("terminate", one)).toMatchObject({ kind: "refused", text: "there is no such backend any more" });
});

test("another start than the one that was meant is somebody else, and is left alone", async () => {
  const one = await session("a worker");
  const earlier = new Date(Date.parse(one.start) - 1).toISOString() as Instant;
  expect(await send("terminate", { pid: one.pid, start: earlier })).toMatchObject({ kind: "refused" });
  const noTime = "yesterday or so" as Instant;
  expect(await send("terminate", { pid: one.pid, start: noTime })).toMatchObject({ kind: "refused" });
  expect((await one.client.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
});

test("our own sessions, processes of the server and a superuser's sessions are not signalled", async () => {
  const own = await session("matriarch", "matriarch");
  expect((await facts(own))?.ours).toBe(true);
  expect(await send("terminate", own)).toMatchObject({ kind: "refused", text: expect.stringContaining("own") });

  const boss = await session("psql", "postgres");
  expect(await facts(boss)).toMatchObject({ superuser: true, ours: false });
  expect(await send("terminate", boss)).toMatchObject({ kind: "refused" });
  const { rows } = await boss.client.query(
    `SELECT pid, to_char(backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS start
     FROM pg_stat_activity WHERE backend_type = 'checkpointer'`,
  );
  const asBoss = { ...access(), user: "postgres", password: new Secret(credentials().postgres) };
  expect(await send("terminate", rows[0], asBoss)).toMatchObject({
    kind: "refused",
    text: expect.stringContaining("serves no client"),
  });
  expect((await own.client.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
});

test("a role without rights is told so, and signals nothing", async () => {
  const one = await session("a worker");
  expect(await send("terminate", one, access(leader, "matriarchBare"))).toMatchObject({ kind: "refused" });
  const seen = await getServerFacts(access(leader, "matriarchBare"), 3_000);
  expect(seen).toMatchObject({
    ok: false,
    failure: { kind: "insufficient-privilege", text: "GRANT pg_monitor TO matriarch_bare" },
  });
  expect((await one.client.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
});

test("everything that waits for a backend is told, directly or not", async () => {
  const holder = await session("holder", "postgres");
  await holder.client.query("CREATE TABLE IF NOT EXISTS signal_lab (x int)");
  const second = await session("second", "postgres");
  const third = await session("third", "postgres");
  await holder.client.query("BEGIN; LOCK TABLE signal_lab IN SHARE MODE");
  const waiting = [
    second.client.query("BEGIN; LOCK TABLE signal_lab IN ROW EXCLUSIVE MODE"),
    third.client.query("SELECT pg_sleep(0.2); LOCK TABLE signal_lab IN ACCESS EXCLUSIVE MODE"),
  ].map((query) => query.catch(() => null));
  await vi.waitFor(async () => {
    const seen = await facts(holder);
    expect(seen?.blocks).toEqual([second.pid, third.pid].sort((a, b) => a - b));
    expect(seen).toMatchObject({ state: "idle in transaction", user: "postgres", database: "postgres" });
  }, 5_000);
  for (const one of [third, second]) await one.client.end();
  await holder.client.query("ROLLBACK; DROP TABLE signal_lab");
  await Promise.all(waiting);
});

test("a server tells its clients without ours, its long transactions and what a shutdown would wait for", async () => {
  const one = await session("erp");
  await session("matriarch", "matriarch");
  await one.client.query("BEGIN");
  const seen = await getServerFacts(access(), 3_000);
  if (!seen.ok) throw new Error(seen.failure.text);
  expect(seen.value.clients).toContainEqual({
    application: "erp",
    user: "bench",
    database: "bench",
    count: 1,
    inTransaction: 1,
  });
  expect(seen.value.clients.filter(({ user }) => user === "matriarch")).toEqual([]);
  expect(seen.value.clients.filter(({ application }) => application.startsWith("Patroni"))).toEqual([]);
  expect(seen.value.databaseBytes).toBeGreaterThan(1_000_000);
  expect(seen.value.dataDirectory).toMatch(/^\/.+/);
  expect(seen.value.currentLsn).toMatch(/^[0-9A-F]+\/[0-9A-F]+$/);
  expect(seen.value.sinceCheckpointBytes).toBeGreaterThanOrEqual(0);
  expect(seen.value).toMatchObject({ preparedTransactions: 0, baseBackups: [], longTransactions: [] });
  expect(typeof seen.value.checkpointRunning).toBe("boolean");
});

test("a standby has no write position and no distance to a checkpoint of its own", async () => {
  const standby = readCluster().hosts.find((host) => host !== leader) ?? "node2";
  const seen = await getServerFacts(access(standby), 3_000);
  expect(seen).toMatchObject({ ok: true, value: { currentLsn: null, sinceCheckpointBytes: null } });
});

test("each look leaves no session behind", async () => {
  const name = "matriarch";
  const count = () =>
    askOnce(
      { ...access(), user: "postgres", password: new Secret(credentials().postgres) },
      async (client) => {
        const { rows } = await client.query(
          "SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = $1 AND usename = 'matriarch' AND query LIKE '%pg_stat_progress_basebackup b%'",
          [name],
        );
        return ok(rows[0].n as number);
      },
      3_000,
    );
  await getServerFacts(access(), 3_000);
  await vi.waitFor(async () => expect(await count()).toEqual({ ok: true, value: 0 }), 3_000);
});
