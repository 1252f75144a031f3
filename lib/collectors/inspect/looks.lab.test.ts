import { Client } from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { credentials, ensureUp, execAsPostgres, HOSTS, type HostName, hostAddress, PORTS, settle } from "@/lab/index";
import { Secret } from "@/lib/config/types";
import type { InspectValues } from "@/lib/domain/inspect/answer";
import { type BlockingNode, blockingTrees } from "@/lib/domain/inspect/blocking";
import { settingDifferences } from "@/lib/domain/inspect/settings";
import { INSPECT_TOPICS, type InspectTopic } from "@/lib/domain/inspect/topics";
import { createInspectConnection, type InspectConnection } from "@/lib/sources/postgres/inspect/connection";
import { INSPECT_LOOKS } from "@/lib/sources/postgres/inspect/looks";
import { startInspectorFor } from "./testing/inspector-for";

const SCHEMA = "inspect_lab";
const DEADLINE_MS = 10_000;

let leader: HostName = "node1";
const connections: InspectConnection[] = [];
const clients: Client[] = [];

beforeAll(async () => {
  await ensureUp();
  leader = (await settle()).writable[0] ?? "node1";
  const owner = await session("lab-owner");
  await owner.query(`DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE; CREATE SCHEMA ${SCHEMA}`);
  await owner.query(`CREATE TABLE ${SCHEMA}.rows (id int PRIMARY KEY, v int) WITH (autovacuum_enabled = off)`);
  await owner.query(`INSERT INTO ${SCHEMA}.rows SELECT n, 0 FROM generate_series(1, 5000) n`);
});
afterEach(async () => {
  for (const connection of connections.splice(0)) await connection.close();
  for (const client of clients.splice(0)) await client.end();
});
afterAll(async () => {
  const owner = await session("lab-owner");
  await owner.query(`DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE`);
  for (const client of clients.splice(0)) await client.end();
});

/** An ordinary client of the database `bench`, on the leader. */
async function session(name: string): Promise<Client> {
  const client = new Client({
    host: hostAddress(leader),
    port: PORTS.postgres,
    user: "bench",
    password: credentials().bench,
    database: "bench",
    application_name: name,
  });
  client.on("error", () => undefined);
  await client.connect();
  clients.push(client);
  return client;
}

const pidOf = async (client: Client) =>
  (await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid")).rows[0]?.pid ?? 0;

function targetOf(host: HostName, user: "matriarch" | "matriarch_bare" = "matriarch") {
  const word = user === "matriarch" ? credentials().matriarch : credentials().matriarchBare;
  const password = new Secret(word);
  return { host: hostAddress(host), port: PORTS.postgres, user, password, sslmode: "prefer", ca: null } as const;
}

function connectionTo(host: HostName, database = "postgres", user: "matriarch" | "matriarch_bare" = "matriarch") {
  const connection = createInspectConnection(targetOf(host, user), database);
  connections.push(connection);
  return connection;
}

async function readValue<T extends InspectTopic>(
  connection: InspectConnection,
  topic: T,
  database: string | null = null,
) {
  const result = await connection.ask(INSPECT_LOOKS[topic](database));
  if (!result.ok) throw new Error(`${topic}: ${result.failure.kind}: ${result.failure.text}`);
  return result.value as InspectValues[T];
}

async function psql(host: HostName, database: string, sql: string): Promise<string> {
  return (await execAsPostgres(host, ["psql", "-XAtqc", sql, database])).stdout.trim();
}

async function until<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > deadline) throw new Error(`${what}: not within ${DEADLINE_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe("every topic", () => {
  test.each(HOSTS)("%s answers all of them", async (host) => {
    const connection = connectionTo(host);
    for (const topic of INSPECT_TOPICS) await readValue(connection, topic);
  });

  test("a role without pg_monitor is told which grant is missing, never that there is nothing", async () => {
    const connection = connectionTo(leader, "postgres", "matriarch_bare");
    for (const topic of ["activity", "replication", "statements", "settings"] as const) {
      expect(await connection.ask<unknown>(INSPECT_LOOKS[topic](null))).toEqual({
        ok: false,
        failure: { kind: "insufficient-privilege", text: "GRANT pg_monitor TO matriarch_bare" },
      });
    }
    expect((await readValue(connection, "wal")).files).toBeNull();
  });

  test("the session can write nothing, waits for no lock for long, and runs nothing for long", async () => {
    const connection = connectionTo(leader);
    const shown = await connection.ask(async (client) => {
      const names = ["default_transaction_read_only", "statement_timeout", "lock_timeout", "application_name"];
      const { rows } = await client.query("SELECT name, setting FROM pg_settings WHERE name = ANY($1) ORDER BY 1", [
        names,
      ]);
      return { ok: true, value: rows.map(({ setting }) => setting) };
    });
    expect(shown).toEqual({ ok: true, value: ["matriarch", "on", "500", "3000"] });
  });
});

describe("activity", () => {
  test("three sessions in a chain: the tree is what pg_blocking_pids says, and an idle transaction is at its root", async () => {
    const [a, b, c] = [await session("lab-a"), await session("lab-b"), await session("lab-c")];
    const [pidA, pidB, pidC] = [await pidOf(a), await pidOf(b), await pidOf(c)];
    await a.query(`BEGIN; UPDATE ${SCHEMA}.rows SET v = 1 WHERE id = 1`);
    await b.query(`BEGIN; UPDATE ${SCHEMA}.rows SET v = 1 WHERE id = 2`);
    const waiting = [b.query(`UPDATE ${SCHEMA}.rows SET v = 2 WHERE id = 1`)];
    waiting.push(c.query(`UPDATE ${SCHEMA}.rows SET v = 2 WHERE id = 2`));
    const connection = connectionTo(leader, "bench");
    const facts = await until("the chain", async () => {
      const seen = await readValue(connection, "activity");
      const blocked = seen.sessions.filter(({ pid, blockedBy }) => [pidB, pidC].includes(pid) && blockedBy.length > 0);
      return blocked.length === 2 ? seen : null;
    });
    const truth = await psql(leader, "bench", `SELECT pg_blocking_pids(${pidB}), pg_blocking_pids(${pidC})`);
    const of = (pid: number) => facts.sessions.find((one) => one.pid === pid);
    expect(`{${of(pidB)?.blockedBy.join(",")}}|{${of(pidC)?.blockedBy.join(",")}}`).toBe(truth);
    const ours = blockingTrees(facts.sessions).find(({ pid }) => pid === pidA);
    const drawn = ({ pid, blocks }: BlockingNode): unknown => [pid, blocks.map(drawn)];
    expect(ours && drawn(ours)).toEqual([pidA, [[pidB, [[pidC, []]]]]]);
    expect(of(pidA)).toMatchObject({ state: "idle-in-transaction", hasXid: true, application: "lab-a", own: false });
    expect(of(pidA)?.transactionSeconds).toBeGreaterThan(0);
    expect(of(pidB)).toMatchObject({ state: "active", waitType: "Lock", waitsFor: { type: "transactionid" } });
    expect(of(pidC)?.query).toBe(`UPDATE ${SCHEMA}.rows SET v = 2 WHERE id = 2`);
    await a.query("ROLLBACK");
    await waiting[0];
    await b.query("ROLLBACK");
    await waiting[1];
    const after = await readValue(connection, "activity");
    expect(blockingTrees(after.sessions).filter(({ pid }) => [pidA, pidB].includes(pid))).toEqual([]);
  });

  test("a wait for a table names it; our own session is marked; a password in a query is not shown", async () => {
    const [a, b] = [await session("lab-a"), await session("lab-b")];
    const [pidA, pidB] = [await pidOf(a), await pidOf(b)];
    await a.query(`BEGIN; LOCK TABLE ${SCHEMA}.rows IN ACCESS EXCLUSIVE MODE`);
    await a.query("SELECT 1 AS \"PASSWORD\", 'ALTER ROLE x PASSWORD ''hunter2'''");
    const waiting = b.query(`SELECT count(*) FROM ${SCHEMA}.rows`);
    const connection = connectionTo(leader, "bench");
    const facts = await until("the wait", async () => {
      const seen = await readValue(connection, "activity");
      return seen.sessions.some(({ pid, waitsFor }) => pid === pidB && waitsFor !== null) ? seen : null;
    });
    const blocked = facts.sessions.find(({ pid }) => pid === pidB);
    expect(blocked).toMatchObject({
      blockedBy: [pidA],
      waitsFor: { relation: `${SCHEMA}.rows`, mode: "AccessShareLock" },
    });
    expect(facts.sessions.some(({ own, database }) => own && database === "bench")).toBe(true);
    expect(JSON.stringify(facts)).not.toContain("hunter2");
    // The table that is locked is told without its size instead of keeping us from the others.
    const { tables } = await readValue(connection, "tables");
    expect(tables.find(({ name, schema }) => schema === SCHEMA && name === "rows")).toMatchObject({ totalBytes: null });
    await a.query("ROLLBACK");
    await waiting;
  });
});

describe("tables and statements", () => {
  test("dead rows and sizes are those that the server itself tells", async () => {
    const owner = await session("lab-owner");
    await owner.query(`UPDATE ${SCHEMA}.rows SET v = v + 1`);
    await owner.query("SELECT pg_stat_force_next_flush()");
    const connection = connectionTo(leader, "bench");
    const table = await until("5,000 dead rows", async () => {
      const { tables } = await readValue(connection, "tables");
      return tables.find(({ schema, deadRows }) => schema === SCHEMA && deadRows >= 5_000) ?? null;
    });
    const sql = `SELECT n_live_tup, n_dead_tup, pg_total_relation_size(relid), n_mod_since_analyze FROM pg_stat_user_tables WHERE schemaname = '${SCHEMA}'`;
    const { liveRows, deadRows, totalBytes, modifiedSinceAnalyze } = table;
    expect([liveRows, deadRows, totalBytes, modifiedSinceAnalyze].join("|")).toBe(await psql(leader, "bench", sql));
  });

  test("the statements of one database are its own; where the extension is missing it is said", async () => {
    const connection = connectionTo(leader, "bench");
    const facts = await readValue(connection, "statements", "bench");
    if (!facts.installed) throw new Error("pg_stat_statements is not there");
    expect(new Set(facts.statements.map(({ database }) => database))).toEqual(new Set(["bench"]));
    expect(facts.statements.map(({ totalMs }) => totalMs)).toEqual(
      facts.statements.map(({ totalMs }) => totalMs).sort((x, y) => y - x),
    );
    expect(await readValue(connectionTo(leader, "template1"), "statements")).toMatchObject({
      installed: false,
      why: "no-extension",
    });
  });
});

describe("databases, replication and settings", () => {
  test("sizes and ages of all databases are the server's own", async () => {
    const connection = connectionTo(leader);
    const [{ databases }, sizes] = [await readValue(connection, "databases"), await readValue(connection, "sizes")];
    const names = await psql(leader, "postgres", "SELECT string_agg(datname, ',' ORDER BY datname) FROM pg_database");
    expect(databases.map(({ name }) => name).join()).toBe(names);
    const truth = Number(await psql(leader, "postgres", "SELECT pg_database_size('template0')"));
    expect(sizes.databases.find(({ name }) => name === "template0")?.bytes).toBe(truth);
  });

  test("the leader sends to the others by their slots; a replica has a receiver and its conflicts", async () => {
    const others = HOSTS.filter((host) => host !== leader);
    const facts = await readValue(connectionTo(leader), "replication");
    expect(facts.senders.map(({ application }) => application)).toEqual(others);
    expect(facts.slots.filter(({ active }) => active).map(({ name }) => name)).toEqual(expect.arrayContaining(others));
    const replica = await readValue(connectionTo(others[0] ?? "node2"), "replication");
    expect(replica).toMatchObject({ inRecovery: true, receiver: { status: "streaming" } });
    expect(replica.conflicts.length).toBeGreaterThan(0);
  });

  test("the members of the lab are configured alike; what differs differs as it must", async () => {
    const members = [];
    for (const host of HOSTS) members.push({ member: host, facts: await readValue(connectionTo(host), "settings") });
    const { differences, left } = settingDifferences(members);
    expect(differences.map(({ name }) => name)).toEqual([]);
    expect(left).toContain("primary_conninfo");
    expect(JSON.stringify(members)).not.toContain(credentials().replicator);
  });
});

describe("what looking costs", () => {
  const mine = "FROM pg_stat_activity WHERE usename = 'matriarch' AND query LIKE '%pg_blocking_pids(a.pid)%'";

  test("nobody looking: no connection and no statement; twenty viewers at once: one", async () => {
    const calls = async () =>
      Number(
        await psql(
          leader,
          "postgres",
          "SELECT coalesce(sum(calls), 0) FROM pg_stat_statements WHERE query LIKE '%pg_blocking_pids(a.pid)%'",
        ),
      );
    const before = await calls();
    const inspector = startInspectorFor("lab", HOSTS, targetOf);
    try {
      expect(await calls()).toBe(before);
      await Promise.all(Array.from({ length: 20 }, () => inspector.look("lab", leader, "activity", null)));
      expect(await calls()).toBe(before + 1);
      expect(Number(await psql(leader, "postgres", `SELECT count(*) ${mine}`))).toBe(1);
    } finally {
      await inspector.close();
    }
    await until("the connection to be given back", async () =>
      (await psql(leader, "postgres", `SELECT count(*) ${mine}`)) === "0" ? true : null,
    );
  });
});
