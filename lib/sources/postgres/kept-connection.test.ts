import { afterEach, describe, expect, test } from "vitest";
import { ok } from "@/lib/domain/observation";
import { pgFailureOf } from "./failure";
import { keepOneConnection, type Probe } from "./kept-connection";
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
