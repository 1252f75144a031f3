import { Client } from "pg";
import { afterEach, beforeAll, expect, test } from "vitest";
import { credentials, ensureUp, hostAddress, readTruth, settle } from "@/lab/index";
import { PORTS } from "@/lab/settings";
import { Secret } from "@/lib/config/types";
import { memberName } from "@/lib/domain/ids";
import { callPgbouncer, mayActOnPgbouncer, type PgbouncerActOptions, type PgbouncerCall } from "./act";

let host = "";
const clients: Client[] = [];

beforeAll(async () => {
  await ensureUp();
  await settle();
  const { leaderKey } = await readTruth();
  host = hostAddress(leaderKey as Parameters<typeof hostAddress>[0]);
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.end().catch(() => undefined);
  await send("resume", "bench");
});

const admin = (): PgbouncerActOptions => ({
  host,
  port: PORTS.pgbouncer,
  user: "pgbadmin",
  password: new Secret(credentials().pgbadmin),
  timeoutMs: 2_000,
});
const stats = (): PgbouncerActOptions => ({
  ...admin(),
  user: "matriarch",
  password: new Secret(credentials().matriarch),
});

const send = (
  command: PgbouncerCall["command"],
  database: string | null,
  {
    options = admin(),
    timeoutMs = 3_000,
    signal,
  }: { options?: PgbouncerActOptions; timeoutMs?: number; signal?: AbortSignal } = {},
) =>
  callPgbouncer(
    { system: "pgbouncer", id: "x", member: memberName("node1"), command, database, timeoutMs },
    { ...options, signal },
  );

async function connected(database: string, user: "pgbadmin" | "bench") {
  const client = new Client({ host, port: PORTS.pgbouncer, user, password: credentials()[user], database });
  client.on("error", () => undefined);
  await client.connect();
  clients.push(client);
  return client;
}

async function isPaused(database: string): Promise<boolean> {
  const console = await connected("pgbouncer", "pgbadmin");
  const { rows } = await console.query("SHOW DATABASES");
  return Number(rows.find(({ name }) => name === database)?.paused) === 1;
}

test("a database is paused, resumed and reconnected, and PgBouncer's refusals are its own words", async () => {
  expect(await mayActOnPgbouncer(admin())).toEqual({ ok: true, value: true });
  expect(await send("pause", "bench")).toMatchObject({
    kind: "done",
    call: `PAUSE "bench" at ${host}:${PORTS.pgbouncer}`,
  });
  expect(await isPaused("bench")).toBe(true);
  expect(await isPaused("postgres")).toBe(false);
  // Of one database a second PAUSE is no error.
  expect(await send("pause", "bench")).toMatchObject({ kind: "done" });
  expect(await isPaused("bench")).toBe(true);
  expect(await send("resume", "bench")).toMatchObject({ kind: "done" });
  expect(await isPaused("bench")).toBe(false);
  expect(await send("resume", "bench")).toMatchObject({ kind: "refused", text: expect.stringMatching(/not paused/) });
  expect(await send("reconnect", "bench")).toMatchObject({ kind: "done" });
  // A name is a name, whatever it holds, and PgBouncer makes no database of it.
  const odd = 'no "such" one; SHUTDOWN';
  expect(await send("pause", odd)).toMatchObject({ kind: "not-sent", text: expect.stringContaining(odd) });
  expect(await isPaused("bench")).toBe(false);
});

test("everything is paused and resumed at once", async () => {
  expect(await send("pause", null)).toMatchObject({ kind: "done" });
  expect(await send("pause", null)).toMatchObject({ kind: "refused" });
  expect(await send("resume", null)).toMatchObject({ kind: "done" });
  expect(await send("reconnect", null)).toMatchObject({ kind: "done" });
});

test("a pause that a transaction holds up is taken back at its deadline, and clients go on", async () => {
  const holding = await connected("bench", "bench");
  await holding.query("BEGIN");
  await holding.query("SELECT 1");
  const answer = await send("pause", "bench", { timeoutMs: 700 });
  expect(answer).toMatchObject({ kind: "failed", text: expect.stringContaining("taken back by RESUME") });
  expect(answer.tookMs).toBeGreaterThanOrEqual(700);
  expect(await isPaused("bench")).toBe(false);
  await holding.query("COMMIT");
  const other = await connected("bench", "bench");
  expect((await other.query("SELECT 2 AS two")).rows).toEqual([{ two: 2 }]);
});

test("whoever stops waiting for a pause leaves no client waiting", async () => {
  const holding = await connected("bench", "bench");
  await holding.query("BEGIN");
  await holding.query("SELECT 1");
  const leaving = new AbortController();
  setTimeout(() => leaving.abort(), 300);
  expect((await send("pause", "bench", { timeoutMs: 30_000, signal: leaving.signal })).kind).toBe("failed");
  expect(await isPaused("bench")).toBe(false);
  await holding.query("COMMIT");
});

test("a user of stats_users may not, and a refused login or connection is not sent", async () => {
  expect(await mayActOnPgbouncer(stats())).toEqual({ ok: true, value: false });
  expect(await send("pause", "bench", { options: stats() })).toMatchObject({
    kind: "refused",
    text: expect.stringContaining("admin access needed"),
  });
  expect((await send("pause", "bench", { options: { ...admin(), password: new Secret("wrong") } })).kind).toBe(
    "not-sent",
  );
  expect((await send("pause", "bench", { options: { ...admin(), port: 1 } })).kind).toBe("not-sent");
  expect(await isPaused("bench")).toBe(false);
});
