import { expect, test } from "vitest";
import v118 from "./fixtures/console.pgbouncer-1.18.0.json" with { type: "json" };
import v124 from "./fixtures/console.pgbouncer-1.24.1.json" with { type: "json" };
import { toPgbouncerFacts, toVersion } from "./map";
import { databaseRows, poolRows, statsRows } from "./schema";

const facts = ({ databases, pools, stats = [] }: { databases: unknown; pools: unknown; stats?: unknown }) =>
  toPgbouncerFacts(null, databaseRows.parse(databases), poolRows.parse(pools), statsRows.parse(stats));

test("1.18: paused and disabled databases, a unix socket target is null, the console itself is left out", () => {
  expect(facts(v118).databases).toEqual([
    {
      name: "app",
      host: "127.0.0.1",
      port: 54391,
      paused: true,
      disabled: false,
      poolSize: 20,
      connections: 0,
      connectionsMax: null,
    },
    {
      name: "local",
      host: null,
      port: 5432,
      paused: false,
      disabled: true,
      poolSize: 20,
      connections: 0,
      connectionsMax: null,
    },
  ]);
});

test("1.18: a client that waits for a paused database counts as waiting", () => {
  expect(facts(v118).pools).toEqual([
    {
      database: "app",
      user: "matriarch",
      clientsActive: 0,
      clientsWaiting: 1,
      serversActive: 0,
      serversIdle: 0,
      serversUnchecked: 0,
      serversLogin: 0,
      maxWaitMs: 0,
      mode: "transaction",
    },
  ]);
});

test("1.24: columns added in between change nothing", () => {
  expect(facts(v124).pools.map(({ database, user }) => [database, user])).toEqual([
    ["bench", "bench"],
    ["postgres", "postgres"],
  ]);
});

test("numbers may arrive as text, and the wait is seconds plus microseconds", () => {
  const [row] = v118.pools;
  const pools = [
    { ...row, sv_idle: "12", sv_used: "3", sv_tested: 1, maxwait: "2", maxwait_us: "500000", later_column: "x" },
  ];
  expect(facts({ databases: [], pools }).pools[0]).toMatchObject({
    serversIdle: 12,
    serversUnchecked: 4,
    maxWaitMs: 2500,
  });
});

test("a missing counter is refused, not read as 0", () => {
  const [{ cl_waiting: _dropped, ...row } = {}] = v118.pools as Partial<(typeof v118.pools)[number]>[];
  expect(poolRows.safeParse([row]).success).toBe(false);
});

test.each([
  ["PgBouncer 1.18.0", "1.18.0"],
  ["1.30", "1.30"],
  ["", null],
  [null, null],
])("version %s → %s", (text, version) => {
  expect(toVersion(text)).toBe(version);
});
