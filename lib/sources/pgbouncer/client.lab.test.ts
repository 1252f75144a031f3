import { Client } from "pg";
import { beforeAll, expect, test, vi } from "vitest";
import { credentials, ensureUp, exec, HOSTS, type HostName, hostAddress, PORTS, service, settle } from "@/lab/index";
import { Secret } from "@/lib/config/types";
import { createPgbouncerProbe } from "./client";

const TIMEOUT_MS = 1_000;

beforeAll(async () => {
  await ensureUp();
  await settle();
});

function probeOf(
  host: HostName,
  user = "matriarch",
  word = credentials().matriarch,
  onLost: () => void = () => undefined,
) {
  const password = new Secret(word);
  return createPgbouncerProbe({
    host: hostAddress(host),
    port: PORTS.pgbouncer,
    user,
    password,
    timeoutMs: TIMEOUT_MS,
    onLost,
  });
}

test.each(HOSTS)("%s: version, target and a connected client are seen; the console itself is not", async (host) => {
  const { stdout } = await exec(host, ["pgbouncer", "--version"]);
  const user = "matriarch";
  const client = new Client({
    host: hostAddress(host),
    port: PORTS.pgbouncer,
    user,
    password: credentials().matriarch,
    database: "postgres",
    ssl: false,
  });
  await client.connect();
  const probe = probeOf(host);
  try {
    await client.query("SELECT 1");
    const result = await probe.look();
    expect(result.ok).toBe(true);
    if (!result.ok) return;
    expect(stdout).toContain(`PgBouncer ${result.value.version}`);
    expect(result.value.databases.find(({ name }) => name === "postgres")).toMatchObject({
      host: "127.0.0.1",
      port: PORTS.postgres,
      paused: false,
      disabled: false,
      poolSize: expect.any(Number),
      connections: expect.any(Number),
    });
    const pool = result.value.pools.find((each) => each.database === "postgres" && each.user === user);
    expect(pool).toMatchObject({
      clientsActive: 1,
      clientsWaiting: 0,
      serversUnchecked: expect.any(Number),
      serversLogin: 0,
      mode: "transaction",
    });
    expect(result.value.pools.filter(({ database }) => database === "pgbouncer")).toEqual([]);
  } finally {
    await client.end();
    await probe.close();
  }
});

test.each([
  ["a wrong password", "matriarch", () => "wrong-word"],
  ["a user without console rights", "bench", () => credentials().bench],
])("%s is unauthorized", async (_what, user, word) => {
  const probe = probeOf("node1", user, word());
  expect(await probe.look()).toMatchObject({ ok: false, failure: { kind: "unauthorized" } });
  await probe.close();
});

test("a frozen PgBouncer gives timeout within the limit and recovers; a killed one is told", async () => {
  let lost = 0;
  const probe = probeOf("node3", "matriarch", credentials().matriarch, () => {
    lost += 1;
  });
  try {
    expect((await probe.look()).ok).toBe(true);
    await service("freeze", "node3", "pgbouncer");
    const began = performance.now();
    expect(await probe.look()).toMatchObject({ failure: { kind: "timeout" } });
    expect(performance.now() - began).toBeLessThan(TIMEOUT_MS + 250);
    await service("thaw", "node3", "pgbouncer");
    await vi.waitFor(async () => expect((await probe.look()).ok).toBe(true), 10_000);
    expect(lost).toBe(0);
    await service("kill", "node3", "pgbouncer");
    await vi.waitFor(() => expect(lost).toBe(1), { timeout: 300, interval: 10 });
    expect(await probe.look()).toMatchObject({ failure: { kind: "refused" } });
    await service("start", "node3", "pgbouncer");
    // Started is not yet listening.
    await vi.waitFor(async () => expect((await probe.look()).ok).toBe(true), 10_000);
  } finally {
    await probe.close();
    await settle();
  }
});
