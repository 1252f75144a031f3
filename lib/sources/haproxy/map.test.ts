import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type CsvRow, parseStatsCsv } from "./csv";
import { serverStatus, toHaproxyFacts } from "./map";

const recorded = (name: string): readonly CsvRow[] => {
  const rows = parseStatsCsv(readFileSync(new URL(`./fixtures/${name}`, import.meta.url), "utf8"));
  if (!rows) throw new Error(`${name} is not CSV`);
  return rows;
};
const pool = (rows: readonly CsvRow[], name: string) =>
  toHaproxyFacts(rows).pools.find((candidate) => candidate.name === name);

test.each([
  ["UP", "up"],
  ["UP 1/3", "going-down"],
  ["DOWN", "down"],
  ["DOWN 1/2", "going-up"],
  ["DOWN (agent)", "down"],
  ["no check", "no-check"],
  ["MAINT", "maint"],
  ["MAINT (via write/node1)", "maint"],
  ["MAINT (resolution)", "maint"],
  ["DRAIN", "drain"],
  ["DRAIN 1/2", "drain"],
  ["DRAIN (agent)", "drain"],
  ["NOLB", "nolb"],
  ["NOLB 1/2", "nolb"],
  ["UPSIDE", "unknown"],
  ["HIBERNATED 1/2", "unknown"],
  ["", "unknown"],
])("server status %s is %s", (raw, status) => {
  expect(serverStatus(raw)).toBe(status);
});

describe("HAProxy 2.6.12, recorded", () => {
  const rows = recorded("stats.haproxy-2.6.12.csv");

  test("every status of a pool's servers, in order, without FRONTEND and BACKEND", () => {
    const servers = pool(rows, "postgres_master")?.servers ?? [];
    expect(servers.map(({ name, status, rawStatus }) => [name, status, rawStatus])).toEqual([
      ["up", "up", "UP"],
      ["replica", "down", "DOWN"],
      ["going-down", "going-down", "UP 1/3"],
      ["going-up", "going-up", "DOWN 18/900"],
      ["dead", "down", "DOWN"],
      ["nochk", "no-check", "no check"],
      ["maint", "maint", "MAINT"],
      ["via", "maint", "MAINT (via postgres_master/maint)"],
      ["drain", "drain", "DRAIN"],
    ]);
  });

  test("a replica's 503 and a dead Patroni are told apart", () => {
    const servers = pool(rows, "postgres_master")?.servers ?? [];
    expect(servers.find(({ name }) => name === "replica")).toMatchObject({
      checkStatus: "L7STS",
      checkCode: 503,
      lastCheck: "Service Unavailable",
    });
    expect(servers.find(({ name }) => name === "dead")).toMatchObject({
      checkStatus: "L4CON",
      checkCode: null,
      lastCheck: "Connection refused",
    });
  });

  test("what an unchecked server does not report is null, not 0", () => {
    expect(pool(rows, "postgres_master")?.servers.find(({ name }) => name === "nochk")).toMatchObject({
      checkStatus: null,
      checkCode: null,
      lastCheck: null,
      address: null,
      backup: false,
    });
  });

  test("backup servers, backend-only and frontend-only sections", () => {
    expect(pool(rows, "postgres_master")?.servers.find(({ name }) => name === "drain")?.backup).toBe(true);
    expect(pool(rows, "postgres_replicas")).toMatchObject({ status: "down", servers: [{ status: "nolb" }] });
    expect(pool(rows, "fe_only")).toMatchObject({ status: "open", servers: [] });
  });
});

describe("HAProxy 3.0.11, recorded", () => {
  const rows = recorded("stats.haproxy-3.0.11.csv");

  test("one server takes writes, the others are replicas", () => {
    expect(
      pool(rows, "postgres_master")
        ?.servers.map(({ status }) => status)
        .sort(),
    ).toEqual(["down", "down", "up"]);
    expect(pool(rows, "postgres_replicas")).toMatchObject({ status: "up" });
  });
});

test("columns of HAProxy 3.3 and later, and unknown ones, change nothing", () => {
  const names = "# pxname,svname,status,type,check_status,scur,priv_idle_cur,reqbin,reqbout,resbin,resbout,-,h4_new,\n";
  const rows = parseStatsCsv(`${names}write,node1,UP,2,* L7OK,7,1,2,3,4,5,,9,\nwrite,BACKEND,UP,1,,7,,,,,,,,\n`) ?? [];
  expect(toHaproxyFacts(rows).pools).toEqual([
    {
      name: "write",
      status: "up",
      sessions: 7,
      queue: null,
      servers: [
        {
          name: "node1",
          status: "up",
          rawStatus: "UP",
          checkStatus: "L7OK",
          checkCode: null,
          lastCheck: null,
          backup: false,
          weight: null,
          lastChangeSeconds: null,
          sessions: 7,
          queue: null,
          address: null,
        },
      ],
    },
  ]);
});

test.each([
  ["OPEN", "UP", "up"],
  ["FULL", "UP", "up"],
  ["OPEN", "DOWN", "down"],
  ["STOP", "UP", "down"],
  ["PAUSED", "UP", "down"],
  ["OPEN", "SOMETHING", "unknown"],
  ["OPEN", undefined, "open"],
  ["WAITING", undefined, "unknown"],
])("front %s, back %s: the pool is %s", (front, back, status) => {
  const rows: CsvRow[] = [{ pxname: "p", svname: "FRONTEND", status: front, type: "0" }];
  if (back) rows.push({ pxname: "p", svname: "BACKEND", status: back, type: "1" });
  rows.push({ pxname: "p", svname: "sock-1", status: "OPEN", type: "3" });
  expect(toHaproxyFacts(rows).pools).toMatchObject([{ status, servers: [] }]);
});

test("counters: a pool as a whole and each of its servers, unlimited and unchecked as not reported", () => {
  const { counters } = toHaproxyFacts(recorded("stats.haproxy-2.6.12.csv"));
  const of = (pool: string, server: string | null) => counters.find((c) => c.pool === pool && c.server === server);
  const whole = of("postgres_master", null);
  expect(whole).toBeDefined();
  expect(whole?.checkMs).toBeNull();
  expect(counters.filter(({ server }) => server === "FRONTEND")).toEqual([]);
  const servers = counters.filter(({ pool, server }) => pool === "postgres_master" && server !== null);
  expect(servers.length).toBeGreaterThan(0);
  expect(servers.find(({ server }) => server === "dead")).toMatchObject({
    sessionsTotal: 0,
    failedChecks: 1,
    checkMs: 0,
  });
  expect(servers.find(({ server }) => server === "nochk")).toMatchObject({ failedChecks: null, checkMs: null });
});
