import { beforeAll, expect, test, vi } from "vitest";
import {
  credentials,
  ensureUp,
  HOSTS,
  type HostName,
  hostAddress,
  PORTS,
  readTruth,
  service,
  settle,
} from "@/lab/index";
import { Secret } from "@/lib/config/types";
import type { HaproxyFacts } from "@/lib/domain/facts";
import { getHaproxyFacts } from "./client";

const TIMEOUT_MS = 1_000;

beforeAll(async () => {
  await ensureUp();
  await settle();
});

const look = (host: HostName, word = credentials().haproxyStats, port: number = PORTS.stats) =>
  getHaproxyFacts({
    stats: `http://${hostAddress(host)}:${port}/`,
    username: "admin",
    password: new Secret(word),
    timeoutMs: TIMEOUT_MS,
  });

const statuses = (facts: HaproxyFacts, pool: string) =>
  Object.fromEntries(
    facts.pools.find(({ name }) => name === pool)?.servers.map((server) => [server.name, server.rawStatus]) ?? [],
  );

test.each(HOSTS)("%s: both pools equal the truth", async (host) => {
  const result = await look(host);
  const truth = (await readTruth()).hosts[host]?.haproxy;
  expect(result.ok).toBe(true);
  if (!result.ok) return;
  expect(statuses(result.value, "postgres_master")).toEqual(truth?.write);
  expect(statuses(result.value, "postgres_replicas")).toEqual(truth?.read);
});

test("a wrong password is unauthorized", async () => {
  expect(await look("node1", "wrong-word")).toMatchObject({ ok: false, failure: { kind: "unauthorized" } });
});

test("another service behind the address is told as such", async () => {
  const result = await look("node1", credentials().haproxyStats, PORTS.patroni);
  expect(result.ok).toBe(false);
  if (!result.ok) expect(["malformed", "http-status"]).toContain(result.failure.kind);
});

test("a frozen HAProxy gives timeout within the limit, and recovers", async () => {
  await service("freeze", "node3", "haproxy");
  const began = performance.now();
  try {
    expect(await look("node3")).toMatchObject({ failure: { kind: "timeout" } });
    expect(performance.now() - began).toBeLessThan(TIMEOUT_MS + 250);
  } finally {
    await service("thaw", "node3", "haproxy");
  }
  await vi.waitFor(async () => expect((await look("node3")).ok).toBe(true), 10_000);
});
