import { describe, expect, test } from "vitest";
import type { ClusterState } from "../cluster-state";
import type { HaproxyFacts, PgbouncerFacts } from "../facts";
import type { Lsn } from "../ids";
import { METRICS } from "../metrics/catalog";
import type { Sample } from "../metrics/sample";
import { emptyLook, ok, remember } from "../observation";
import { answer, failing, haproxyFacts, healthyState, NOW, patchPostgres } from "../testing/builders";
import { postgresFacts } from "../testing/facts";
import { postgresVitals } from "../testing/vitals";
import type { DatabaseSizes, PostgresVitals } from "../vitals/facts";
import { samplesOf } from "./samples-of";
import { NO_WAL_MEMORY } from "./wal-trail";

const START = healthyState();
const taken = (before: ClusterState | null, after: ClusterState, now = NOW + 15_000): Sample[] =>
  samplesOf(before, after, NO_WAL_MEMORY, now);
const values = (samples: readonly Sample[], metric: Sample["metric"], subject?: string) =>
  Object.fromEntries(
    samples.filter((s) => s.metric === metric && (!subject || s.subject === subject)).map((s) => [s.detail, s.value]),
  );

test("a state that brought nothing new gives no sample", () => {
  expect(taken(START, START)).toEqual([]);
  expect(taken(START, failing(START, "postgres", "node1", "timeout"))).toEqual([]);
});

test("every sample names a metric of the catalogue, a subject, and a detail exactly where that metric has one", () => {
  const samples = taken(null, START);
  expect(samples.length).toBeGreaterThan(50);
  for (const { metric, subject, detail, value, at } of samples) {
    expect([metric, detail !== ""]).toEqual([metric, METRICS[metric].detail !== null]);
    expect(subject).not.toBe("");
    expect(Number.isFinite(value) && value >= 0 && at === NOW).toBe(true);
  }
});

describe("WAL rate", () => {
  const rate = (
    to: Parameters<typeof patchPostgres>[2],
    from: Parameters<typeof patchPostgres>[2] = {},
    ms = 2_000,
  ) => {
    const before = patchPostgres(START, "node1", { lsn: "3/1000" as Lsn, ...from }, NOW);
    const after = patchPostgres(before, "node1", { lsn: "3/3000" as Lsn, ...to }, NOW + ms);
    return values(taken(before, after), "wal-bytes-per-second")[""];
  };
  test.each<[string, number | undefined, number | undefined]>([
    ["bytes between two looks of the writable server, a second", rate({}), 4096],
    ["an idle server writes 0", rate({ lsn: "3/1000" as Lsn }), 0],
    ["another timeline begins anew", rate({ timeline: 8 }), undefined],
    ["a promotion begins anew", rate({}, { inRecovery: true }), undefined],
    ["a standby writes none", rate({ inRecovery: true }, { inRecovery: true }), undefined],
    ["a position that went back is no rate", rate({ lsn: "2/3000" as Lsn }), undefined],
    ["an unknown position is no rate", rate({ lsn: null }), undefined],
    ["a hole of more than three beats is no rate", rate({}, {}, 6_001), undefined],
  ])("%s", (_what, found, expected) => expect(found).toBe(expected));
});

test("WAL held back: one sample a slot, none for a slot that holds none", () => {
  const slot = { name: "a", type: "physical", database: null, active: true, walStatus: "reserved", safeWalBytes: null };
  const slots = [
    { ...slot, retainedBytes: 4096 },
    { ...slot, name: "b", retainedBytes: null },
  ];
  const after = patchPostgres(START, "node2", { slots }, NOW + 2_000);
  expect(values(taken(START, after), "slot-retained-bytes")).toEqual({ a: 4096 });
});

describe("what the statistics say of the time between two looks", () => {
  const base = postgresVitals(0, true);
  const change = (over: Partial<PostgresVitals>, ms = 15_000, from: Partial<PostgresVitals> = {}) => {
    const before = answer(START, "vitals", "node1", { ...base, ...from }, NOW);
    return taken(before, answer(before, "vitals", "node1", { ...base, ...from, ...over }, NOW + ms), NOW + ms);
  };
  const databases = (over: Partial<PostgresVitals["databases"]>) => ({ databases: { ...base.databases, ...over } });
  const { commits, rollbacks, blocksHit, blocksRead } = base.databases;

  test.each([
    ["commits and rollbacks a second", databases({ commits: commits + 100, rollbacks: rollbacks + 50 }), 15_000, 10],
    ["nothing happened", {}, 15_000, 0],
    ["counters of another reset", databases({ commits: commits + 100, resetKey: "other" }), 15_000, undefined],
    ["counters that shrank", databases({ commits: commits - 100 }), 15_000, undefined],
    ["another postmaster: a crash loses the counters", { postmasterStartTime: "other" }, 15_000, undefined],
    ["a hole of more than three beats", databases({ commits: commits + 100 }), 45_001, undefined],
  ])("transactions: %s", (_what, over, ms, expected) => {
    expect(values(change(over, ms), "transactions-per-second")[""]).toBe(expected);
  });

  test.each([
    ["share of blocks found in memory", { blocksHit: blocksHit + 90, blocksRead: blocksRead + 10 }, 0.9],
    ["nothing was read: no ratio", {}, undefined],
    ["only misses", { blocksRead: blocksRead + 10 }, 0],
    ["one counter shrank", { blocksHit: blocksHit - 1, blocksRead: blocksRead + 10 }, undefined],
  ])("cache: %s", (_what, over, expected) => {
    expect(values(change(databases(over)), "cache-hit-ratio")[""]).toBe(expected);
  });

  test("checkpoints are counted by kind, also those of a hole", () => {
    const checkpoints = { ...base.checkpoints, timed: base.checkpoints.timed + 2 };
    expect(values(change({ checkpoints }, 600_000), "checkpoints")).toEqual({ timed: 2, requested: 0 });
    expect(values(change({ checkpoints: { ...checkpoints, resetAt: "other" } }), "checkpoints")).toEqual({});
  });

  test("failures to archive are counted where the server archives", () => {
    const archiver = { ...base.archiver, failedCount: 3 };
    expect(values(change({ archiver }), "archiver-failures")).toEqual({ "": 3 });
    expect(values(change({ archiver: { ...archiver, resetAt: null } }), "archiver-failures")).toEqual({});
    const standby = { inRecovery: true };
    expect(values(change({ archiver }, 15_000, standby), "archiver-failures")).toEqual({});
    const always = { ...archiver, mode: "always" as const };
    expect(values(change({ archiver: always }, 15_000, standby), "archiver-failures")).toEqual({ "": 3 });
  });

  test("the first look has states and limit, and nothing that needs two", () => {
    const samples = taken({ ...START, vitals: {} }, START).filter((s) => s.subject === "node1");
    expect(values(samples, "connections")).toEqual({
      active: 9,
      waiting: 0,
      idle: 168,
      "idle-in-transaction": 7,
      other: 0,
    });
    expect(values(samples, "connections-limit")).toEqual({ "": 500 });
    expect(samples.map((s) => s.metric)).not.toContain("transactions-per-second");
  });

  test("without the right to see sessions there is a limit and no count, never 0", () => {
    const samples = change({ connections: null });
    expect(values(samples, "connections")).toEqual({});
    expect(values(samples, "connections-limit")).toEqual({ "": 500 });
  });
});

test("sizes: one sample a database, none for one that took too long to measure", () => {
  const look = emptyLook<DatabaseSizes>("postgres-sizes", "node1", 300_000);
  const databases = [
    { name: "erp", bytes: 9_000 },
    { name: "huge", bytes: null },
  ];
  const seen = { source: look.source, target: "node1", observedAt: NOW, tookMs: 40, result: ok({ databases }) };
  const after = { ...START, sizes: { node1: remember(look, seen) } };
  expect(values(taken(START, after), "database-size-bytes", "node1")).toEqual({ erp: 9_000 });
});

describe("PgBouncer", () => {
  const facts = START.pgbouncer.node1?.good?.value as PgbouncerFacts;
  const stats = (assignments: number | null, transactions: number, waitMs: number): PgbouncerFacts => ({
    ...facts,
    stats: facts.stats.map((one) => ({ ...one, assignments, transactions, waitMs })),
  });
  const wait = (from: PgbouncerFacts, to: PgbouncerFacts, ms = 5_000) => {
    const before = answer(START, "pgbouncer", "node1", from, NOW);
    return values(taken(before, answer(before, "pgbouncer", "node1", to, NOW + ms)), "pgbouncer-average-wait-ms")[""];
  };

  test.each([
    ["waiting by times a server was given", stats(10, 99, 500), stats(20, 999, 700), 5_000, 20],
    ["before 1.23: by transactions", stats(null, 10, 500), stats(null, 14, 700), 5_000, 50],
    ["nobody was served and nobody waited", stats(10, 10, 500), stats(10, 10, 500), 5_000, 0],
    ["a restart begins anew", stats(10, 10, 500), stats(1, 1, 5), 5_000, undefined],
    ["a hole", stats(10, 10, 500), stats(20, 20, 700), 3_600_000, undefined],
  ])("average wait, %s", (_what, from, to, ms, expected) => expect(wait(from, to, ms)).toBe(expected));

  test("clients are counted over all pools, the longest wait is the longest of them", () => {
    const [pool] = facts.pools;
    if (!pool) throw new Error("the sample has no pool");
    const pools = [pool, { ...pool, database: "b", clientsWaiting: 3, maxWaitMs: 1250 }];
    const samples = taken(START, answer(START, "pgbouncer", "node1", { ...facts, pools }, NOW + 5_000));
    expect(values(samples, "pgbouncer-clients-active")).toEqual({ "": 82 });
    expect(values(samples, "pgbouncer-clients-waiting")).toEqual({ "": 3 });
    expect(values(samples, "pgbouncer-max-wait-ms")).toEqual({ "": 1250 });
  });
});

test("HAProxy: a series a pool and a server of it; what the page does not tell is left out", () => {
  const facts: HaproxyFacts = haproxyFacts(["node1", "node2"], ["node1"]);
  const [write] = facts.pools;
  if (!write) throw new Error("the sample has no pool");
  const pools = [{ ...write, queue: null }];
  const samples = taken(START, answer(START, "haproxy", "node1", { ...facts, pools }, NOW + 2_000));
  expect(values(samples, "haproxy-sessions")).toEqual({
    postgres_master: 92,
    "postgres_master/node1": 92,
    "postgres_master/node2": 0,
  });
  expect(Object.keys(values(samples, "haproxy-queue"))).not.toContain("postgres_master");
});

test("our own latencies, by source; etcd's size, by endpoint", () => {
  const after = answer(START, "postgres", "node2", postgresFacts(1, false), NOW + 2_000, 12.5);
  const latencies = taken(START, after).filter((s) => s.metric === "source-latency-ms");
  expect(latencies).toMatchObject([{ subject: "postgres:node2", value: 12.5, at: NOW + 2_000 }]);
  const sizes = taken(null, START).filter((s) => s.metric === "dcs-size-bytes");
  expect(sizes.map((s) => s.subject)).toEqual(START.spec.dcs.endpoints);
});
