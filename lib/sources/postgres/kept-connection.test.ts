import { afterEach, describe, expect, test } from "vitest";
import { ok } from "@/lib/domain/observation";
import { pgFailureOf } from "./failure";
import { keepOneConnection, type Probe, type SharedConnection, shareConnection } from "./kept-connection";
import { type FakeServer, type Reply, startFakeServer } from "./testing/fake-server";
import { tlsAttempts } from "./tls";

const ROW: Reply = { rows: [{ x: "1" }] };
const until = async (met: () => boolean) => {
  for (let waited = 0; !met(); waited += 5) {
    if (waited > 2000) throw new Error("not met within 2 s");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

describe("one kept connection", () => {
  let server: FakeServer;
  let probe: Probe<unknown>;
  let lost = 0;
  let prepared = 0;

  async function start(reply: (query: string) => Reply, { greet = true, timeoutMs = 2000 } = {}) {
    lost = 0;
    prepared = 0;
    server = await startFakeServer(reply, greet);
    probe = keepOneConnection({
      server: {
        host: "127.0.0.1",
        port: server.port,
        user: "matriarch",
        password: null,
        database: "postgres",
        applicationName: "matriarch",
        tls: tlsAttempts("prefer", null),
        startup: null,
      },
      timeoutMs,
      prepare: async () => {
        prepared += 1;
      },
      ask: async (client) => ok((await client.query("look")).rows),
      failureOf: (error) => pgFailureOf(error, "matriarch"),
      onLost: () => {
        lost += 1;
      },
    });
  }
  afterEach(async () => {
    await probe.close();
    await server.close();
  });

  test("serves many looks, prepared once, and falls back to plain where the server has no TLS", async () => {
    await start(() => ROW);
    for (let i = 0; i < 3; i++) expect(await probe.look()).toEqual({ ok: true, value: [{ x: "1" }] });
    expect({ startups: server.startups.length, prepared, queries: server.queries.length }).toEqual({
      startups: 1,
      prepared: 1,
      queries: 3,
    });
  });

  test("a look while one runs is that look: never two queries in flight", async () => {
    await start(() => ROW);
    const [a, b] = [probe.look(), probe.look()];
    expect(a).toBe(b);
    await a;
    expect(server.queries).toHaveLength(1);
  });

  test.each([
    ["accepts and never greets", false],
    ["greets and never answers", true],
  ])("a server that %s gives timeout in time, its socket is destroyed", async (_what, greet) => {
    await start(() => "silence", { greet, timeoutMs: 150 });
    const began = performance.now();
    expect(await probe.look()).toMatchObject({ ok: false, failure: { kind: "timeout" } });
    expect(performance.now() - began).toBeLessThan(400);
    await until(() => server.sessions() === 0);
    expect(lost).toBe(0);
  });

  test("after a timeout the next look connects anew and succeeds", async () => {
    let silent = true;
    await start(() => (silent ? "silence" : ROW), { timeoutMs: 150 });
    await probe.look();
    silent = false;
    expect((await probe.look()).ok).toBe(true);
  });

  test("an idle connection ended by the server is told at once and once; the next look reconnects", async () => {
    await start(() => ROW);
    await probe.look();
    server.terminateAll();
    await until(() => lost === 1);
    expect((await probe.look()).ok).toBe(true);
    expect({ lost, startups: server.startups.length }).toEqual({ lost: 1, startups: 2 });
  });

  test("a served connection lost during a look: the look fails with reset, and the loss is told", async () => {
    let hangUp = false;
    await start(() => (hangUp ? "hang-up" : ROW));
    await probe.look();
    hangUp = true;
    expect(await probe.look()).toMatchObject({ ok: false, failure: { kind: "reset" } });
    expect(lost).toBe(1);
  });

  test("a server that ends every new connection is not told as a loss, so nobody spins", async () => {
    await start(() => "hang-up");
    expect((await probe.look()).ok).toBe(false);
    expect((await probe.look()).ok).toBe(false);
    expect(lost).toBe(0);
  });

  test("an error that leaves the session usable keeps the connection", async () => {
    await start(() => ({ sqlstate: "42501", message: "permission denied" }));
    expect(await probe.look()).toMatchObject({ failure: { kind: "insufficient-privilege" } });
    await probe.look();
    expect(server.startups).toHaveLength(1);
  });

  test("an abort ends the running look as aborted and leaves no session behind", async () => {
    await start(() => "silence");
    const caller = new AbortController();
    const look = probe.look(caller.signal);
    await until(() => server.queries.length === 1);
    caller.abort();
    expect(await look).toMatchObject({ failure: { kind: "aborted" } });
    await until(() => server.sessions() === 0);
  });

  test("close ends the session without telling a loss, and later looks are aborted", async () => {
    await start(() => ROW);
    await probe.look();
    await probe.close();
    await until(() => server.sessions() === 0);
    expect(lost).toBe(0);
    expect(await probe.look()).toMatchObject({ failure: { kind: "aborted" } });
  });

  test("nobody listens: refused", async () => {
    await start(() => ROW);
    await server.close();
    expect(await probe.look()).toMatchObject({ failure: { kind: "refused" } });
  });
});

describe("several questions on one connection", () => {
  let server: FakeServer;
  let connection: SharedConnection<void>;
  let lost = 0;

  async function start(reply: (query: string) => Reply) {
    lost = 0;
    server = await startFakeServer(reply);
    connection = shareConnection({
      server: {
        host: "127.0.0.1",
        port: server.port,
        user: "matriarch",
        password: null,
        database: "postgres",
        applicationName: "matriarch",
        tls: tlsAttempts("prefer", null),
        startup: null,
      },
      prepare: async () => undefined,
      failureOf: (error) => pgFailureOf(error, "matriarch"),
      onLost: () => {
        lost += 1;
      },
    });
  }
  const ask = (text: string, urgent: boolean, timeoutMs = 1_000) =>
    connection.ask({ urgent, timeoutMs, ask: async (client) => ok((await client.query(text)).rows) }).answer;
  afterEach(async () => {
    await connection.close();
    await server.close();
  });

  test("they are asked in turn over one session; the urgent one goes first of those that wait", async () => {
    await start(() => ROW);
    await Promise.all([ask("fast 1", true), ask("slow 1", false), ask("slow 2", false), ask("fast 2", true)]);
    expect(server.queries).toEqual(["fast 1", "fast 2", "slow 1", "slow 2"]);
    expect(server.startups).toHaveLength(1);
  });

  test("what is not urgent opens no connection and fails as the urgent one did", async () => {
    await start(() => ROW);
    expect(await ask("slow", false)).toMatchObject({ ok: false, failure: { kind: "aborted" } });
    expect(server.startups).toHaveLength(0);
    await server.close();
    expect(await ask("fast", true)).toMatchObject({ failure: { kind: "refused" } });
    expect(await ask("slow", false)).toMatchObject({ failure: { kind: "refused" } });
  });

  test("a slow one that hangs is cut at its own limit, and the fast one that waited is answered on a new session", async () => {
    await start((query) => (query === "slow" ? "silence" : ROW));
    await ask("fast", true);
    const began = performance.now();
    const [slow, fast] = await Promise.all([ask("slow", false, 150), ask("fast", true)]);
    expect(slow).toMatchObject({ failure: { kind: "timeout" } });
    expect(fast.ok).toBe(true);
    expect(performance.now() - began).toBeLessThan(600);
    expect({ lost, startups: server.startups.length }).toEqual({ lost: 0, startups: 2 });
  });

  test("a server that goes away during a slow one is told as a loss, once", async () => {
    await start((query) => (query === "slow" ? "hang-up" : ROW));
    await ask("fast", true);
    expect(await ask("slow", false)).toMatchObject({ failure: { kind: "reset" } });
    expect(lost).toBe(1);
  });

  test("closing ends those that wait as well", async () => {
    await start(() => "silence");
    const answers = [ask("fast", true), ask("slow", false)];
    await until(() => server.queries.length === 1);
    await connection.close();
    for (const answer of await Promise.all(answers)) expect(answer).toMatchObject({ failure: { kind: "aborted" } });
  });
});
