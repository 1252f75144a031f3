import { describe, expect, it } from "vitest";
import type { PlanContext } from "../actions/facts";
import type { Check } from "../actions/plan";
import type { ClusterState } from "../cluster-state";
import type { PgbouncerDatabase, PgbouncerFacts, PgbouncerPool } from "../facts";
import { memberName } from "../ids";
import { answer, failing, NOW } from "../testing/builders";
import { planContext } from "../testing/plan";
import { pgbouncerPause, pgbouncerReconnect, pgbouncerResume } from "./pgbouncer";

const database = (name: string, over: Partial<PgbouncerDatabase> = {}): PgbouncerDatabase => ({
  name,
  host: "127.0.0.1",
  port: 5432,
  paused: false,
  disabled: false,
  poolSize: 20,
  connections: 3,
  connectionsMax: null,
  ...over,
});
const pool = (over: Partial<PgbouncerPool> = {}): PgbouncerPool => ({
  database: "erp",
  user: "erp",
  clientsActive: 4,
  clientsWaiting: 0,
  serversActive: 1,
  serversIdle: 1,
  serversUnchecked: 0,
  serversLogin: 0,
  maxWaitMs: 0,
  mode: "transaction",
  ...over,
});
const FACTS: PgbouncerFacts = {
  version: "1.24.1",
  allPaused: false,
  databases: [database("erp"), database("bi")],
  pools: [pool(), pool({ database: "bi", clientsActive: 1 })],
  stats: [],
};
const given = (over: Partial<PgbouncerFacts> = {}): PlanContext =>
  planContext((state) => answer(state, "pgbouncer", "node1", { ...FACTS, ...over }));

const of = (name: string | null) => ({ member: memberName("node1"), database: name });
const pause = (context: PlanContext, name: string | null = null) =>
  pgbouncerPause.checks({ action: "pgbouncer-pause", ...of(name) }, context);
const resume = (context: PlanContext, name: string | null = null) =>
  pgbouncerResume.checks({ action: "pgbouncer-resume", ...of(name) }, context);
const reconnect = (context: PlanContext, name: string | null = null) =>
  pgbouncerReconnect.checks({ action: "pgbouncer-reconnect", ...of(name) }, context);
const ids = (checks: readonly Check[], status: Check["status"]) =>
  checks.filter((one) => one.status === status).map(({ id }) => id);
const textOf = (checks: readonly Check[], id: string) =>
  checks
    .find((one) => one.id === id)
    ?.text.key.split(".")
    .slice(1)
    .join(".");
const byName = { databases: [database("erp", { paused: true }), database("bi")] };

describe("PgBouncer", () => {
  it("that is not paused may be paused and reconnected, of everything or of one database", () => {
    for (const name of [null, "erp"]) {
      for (const checks of [pause(given(), name), reconnect(given(), name)]) {
        expect(ids(checks, "block")).toEqual([]);
        expect(ids(checks, "warn")).toEqual([]);
      }
    }
  });

  it.each<[string, Partial<PgbouncerFacts>, string | null]>([
    ["as a whole is resumed as a whole", { allPaused: true }, null],
    ["by name is resumed by name", byName, "erp"],
  ])("paused %s", (_, over, name) => {
    expect(ids(resume(given(over), name), "block")).toEqual([]);
  });

  it.each<[string, Partial<PgbouncerFacts>, string | null, string]>([
    ["not paused at all", {}, null, "no"],
    ["another database paused", byName, "bi", "no"],
    ["single databases paused, everything asked", byName, null, "by-name"],
    ["paused as a whole, one asked", { allPaused: true }, "erp", "as-a-whole"],
  ])("is not resumed: %s", (_, over, name, key) => {
    const checks = resume(given(over), name);
    expect(ids(checks, "block")).toEqual(["pgbouncer-paused"]);
    expect(textOf(checks, "pgbouncer-paused")).toBe(`pgbouncer-resumable.${key}`);
  });

  it("before 1.19 does not tell that it is paused as a whole: a warning", () => {
    expect(ids(resume(given({ allPaused: null })), "warn")).toEqual(["pgbouncer-paused"]);
  });

  it.each<[string, Partial<PgbouncerFacts>, string | null]>([
    ["as a whole", { allPaused: true }, null],
    ["as a whole, one asked", { allPaused: true }, "erp"],
    ["that database", byName, "erp"],
  ])("is not paused twice: %s", (_, over, name) => {
    expect(ids(pause(given(over), name), "block")).toEqual(["pgbouncer-not-paused"]);
  });

  it("with one database paused by name is warned of when everything is to be", () => {
    expect(ids(pause(given(byName)), "warn")).toEqual(["pgbouncer-not-paused"]);
  });

  it("in session mode may never come to its pause", () => {
    const session = given({ pools: [pool({ mode: "session" }), pool({ database: "bi" })] });
    expect(ids(pause(session), "warn")).toEqual(["pgbouncer-session-mode"]);
    expect(ids(reconnect(session), "warn")).toEqual(["pgbouncer-session-mode"]);
    expect(ids(pause(session, "bi"), "warn")).toEqual([]);
    expect(ids(pause(given({ pools: [pool({ mode: null })] })), "warn")).toEqual(["pgbouncer-session-mode"]);
  });

  it("with clients that wait already is warned of before a pause alone", () => {
    const waiting = { pools: [pool({ clientsWaiting: 7 })] };
    expect(ids(pause(given(waiting)), "warn")).toEqual(["pgbouncer-waiting"]);
    expect(ids(resume(given({ ...waiting, allPaused: true })), "warn")).toEqual([]);
  });

  it("says every time that a shared port hides other processes", () => {
    for (const checks of [pause(given()), resume(given()), reconnect(given())]) {
      const told = checks.find(({ id }) => id === "pgbouncer-process");
      expect(told?.advice).not.toBeNull();
    }
  });
});

describe("is blocked:", () => {
  it.each<[string, (state: ClusterState) => ClusterState]>([
    ["a console that refuses", (s) => failing(s, "pgbouncer", "node1", "refused")],
    ["a console that was not seen for too long", (s) => answer(s, "pgbouncer", "node1", (was) => was, NOW - 120_000)],
    ["a console that was never seen", (s) => ({ ...s, pgbouncer: {} })],
  ])("%s", (_, change) => {
    const context = planContext(change);
    expect(ids(pause(context), "block")).toEqual(["pgbouncer-seen", "pgbouncer-not-paused"]);
    expect(ids(resume(context), "block")).toEqual(["pgbouncer-seen", "pgbouncer-paused"]);
    expect(ids(reconnect(context), "block")).toEqual(["pgbouncer-seen"]);
  });

  it("no PgBouncer configured", () => {
    expect(ids(reconnect(planContext(undefined, {}, { pgbouncer: false })), "block")).toEqual(["pgbouncer-seen"]);
  });

  it("a database that the console does not list: a wildcard would make one of any name", () => {
    expect(ids(pause(given(), "nothing"), "block")).toEqual(["pgbouncer-database"]);
  });
});

it("the fence is the pause as it was seen", () => {
  const fence = (context: PlanContext, name: string | null) =>
    pgbouncerPause.fence({ action: "pgbouncer-pause", ...of(name) }, context).other;
  expect(fence(given(), null)).toEqual({ "PgBouncer node1": "not paused" });
  expect(fence(given(byName), "erp")).toEqual({ "PgBouncer node1 erp": "paused" });
  expect(fence(given({ allPaused: true }), null)).toEqual({ "PgBouncer node1": "paused as a whole" });
  expect(
    fence(
      planContext((s) => ({ ...s, pgbouncer: {} })),
      null,
    ),
  ).toEqual({ "PgBouncer node1": null });
});
