import { afterAll, beforeAll, expect, test, vi } from "vitest";
import {
  credentials,
  cut,
  ensureUp,
  type HostName,
  heal,
  hostAddress,
  NETWORK,
  PORTS,
  readCluster,
  readTruth,
  service,
  settle,
} from "@/lab/index";
import { Secret } from "@/lib/config/types";
import { getPatroniStatus } from "@/lib/sources/patroni/client";
import { type ClientEyeOptions, createClientEye } from "./client";

const TIMEOUT_MS = 1_000;
let leader: HostName;

beforeAll(async () => {
  await ensureUp();
  await settle();
  const { leaderKey } = await readTruth();
  leader = readCluster().hosts.find((host) => host === leaderKey) ?? "node1";
});
afterAll(async () => void (await settle()));

const eyeOf = (over: Partial<ClientEyeOptions> = {}) =>
  createClientEye({
    host: NETWORK.vip,
    port: PORTS.write,
    user: "matriarch",
    password: new Secret(credentials().matriarch),
    database: "postgres",
    sslmode: "prefer",
    ca: null,
    timeoutMs: TIMEOUT_MS,
    ...over,
  });
const eye = eyeOf();

async function startOf(host: HostName): Promise<string | null> {
  const status = await getPatroniStatus(`http://${hostAddress(host)}:${PORTS.patroni}`, { timeoutMs: 2_000 });
  return status.ok ? status.value.postmasterStartTime : null;
}

const backInOrder = () =>
  vi.waitFor(async () => expect(await eye.look()).toMatchObject({ ok: true, value: { finds: "writable" } }), 20_000);

test("through HAProxy and PgBouncer it meets the leader, which may be written to, in a few milliseconds", async () => {
  const result = await eye.look();
  expect(result).toMatchObject({ ok: true, value: { finds: "writable", postmasterStartTime: await startOf(leader) } });
});

test("on the read port it meets a replica, read-only", async () => {
  const result = await eyeOf({ port: PORTS.read }).look();
  expect(result).toMatchObject({ ok: true, value: { finds: "read-only" } });
  const starts = await Promise.all(
    readCluster()
      .hosts.filter((host) => host !== leader)
      .map(startOf),
  );
  expect(starts).toContain(result.ok ? result.value.postmasterStartTime : null);
});

test.each([
  ["a wrong password", { password: new Secret("wrong-word") }, "unauthorized"],
  ["no password", { password: null }, "unauthorized"],
  ["a user whom the pooler does not know", { user: "nobody" }, "unauthorized"],
  ["a database that the pooler does not know", { database: "nowhere" }, "unsupported"],
] as const)("%s is about our own access", async (_name, over, kind) => {
  expect(await eyeOf(over).look()).toMatchObject({ ok: false, failure: { kind } });
});

test("a port where nobody listens refuses", async () => {
  expect(await eyeOf({ port: 7_999 }).look()).toMatchObject({ ok: false, failure: { kind: "refused" } });
});

test("a frozen PgBouncer is a time-out within the limit; a killed one breaks the session", async () => {
  try {
    await service("freeze", leader, "pgbouncer");
    const began = performance.now();
    expect(await eye.look()).toMatchObject({ ok: false, failure: { kind: "timeout" } });
    expect(performance.now() - began).toBeLessThan(TIMEOUT_MS + 300);
    await service("thaw", leader, "pgbouncer");
    await backInOrder();
    await service("kill", leader, "pgbouncer");
    const result = await eye.look();
    expect(["reset", "refused", "timeout"]).toContain(result.ok ? "an answer" : result.failure.kind);
  } finally {
    await service("thaw", leader, "pgbouncer");
    await service("start", leader, "pgbouncer");
    await backInOrder();
  }
});

test("a frozen HAProxy on the VIP's host is a time-out", async () => {
  try {
    await service("freeze", leader, "haproxy");
    expect(await eye.look()).toMatchObject({ ok: false, failure: { kind: "timeout" } });
  } finally {
    await service("thaw", leader, "haproxy");
    await backInOrder();
  }
});

test("a cut host behind the VIP is out of reach", async () => {
  try {
    await cut(leader);
    const result = await eye.look();
    expect(["unreachable", "timeout"]).toContain(result.ok ? "an answer" : result.failure.kind);
  } finally {
    await heal(leader);
    await backInOrder();
  }
});

test("a VIP that nobody holds is out of reach", async () => {
  const { hosts } = readCluster();
  try {
    await Promise.all(hosts.map((host) => service("stop", host, "keepalived")));
    const result = await eye.look();
    expect(result).toMatchObject({ ok: false, failure: { kind: "unreachable" } });
  } finally {
    await Promise.all(hosts.map((host) => service("start", host, "keepalived")));
    await backInOrder();
  }
});
