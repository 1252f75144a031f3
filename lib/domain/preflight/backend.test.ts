import { describe, expect, it } from "vitest";
import type { BackendFacts, PlanContext } from "../actions/facts";
import type { Check } from "../actions/plan";
import type { ClusterState } from "../cluster-state";
import { type Instant, memberName } from "../ids";
import type { Known } from "../observation";
import { failing, NOW, patchDcs, patchPostgres } from "../testing/builders";
import { planContext } from "../testing/plan";
import { backendCancel, backendTerminate } from "./backend";

const START = "2026-11-21T02:40:00.123Z" as Instant;
const BACKEND: BackendFacts = {
  member: memberName("node1"),
  pid: 4242,
  backendStart: START,
  user: "erp",
  database: "erp",
  application: "1cv8",
  clientAddress: "10.0.1.7",
  backendType: "client backend",
  state: "active",
  queryStart: "2026-11-21T02:59:00.000Z" as Instant,
  transactionStart: null,
  query: "select 1",
  blocks: [],
  ours: false,
  superuser: false,
};

const context = (over: Partial<BackendFacts> | null, change?: (state: ClusterState) => ClusterState): PlanContext => {
  const value = over === null ? null : { ...BACKEND, ...over };
  return planContext(change, { backend: { state: "fresh", value, at: NOW, ageMs: 0 } });
};
const REQUEST = { member: memberName("node1"), pid: 4242, backendStart: START } as const;
const cancel = (from: PlanContext) => backendCancel.checks({ action: "backend-cancel", ...REQUEST }, from);
const terminate = (from: PlanContext) => backendTerminate.checks({ action: "backend-terminate", ...REQUEST }, from);
const ids = (checks: readonly Check[], status: Check["status"]) =>
  checks.filter((one) => one.status === status).map(({ id }) => id);
const textOf = (checks: readonly Check[], id: string) =>
  checks
    .find((one) => one.id === id)
    ?.text.key.split(".")
    .slice(1)
    .join(".");

describe("a backend", () => {
  it("that runs a query and is a client's may be cancelled and terminated", () => {
    for (const checks of [cancel(context({})), terminate(context({}))]) {
      expect(ids(checks, "block")).toEqual([]);
      expect(ids(checks, "warn")).toEqual([]);
    }
  });

  it("has a fence of its own start, and for a cancel of its query", () => {
    const from = context({});
    const start = `4242 ${START}`;
    expect(backendTerminate.fence({ action: "backend-terminate", ...REQUEST }, from).other).toEqual({ backend: start });
    expect(backendCancel.fence({ action: "backend-cancel", ...REQUEST }, from).other).toEqual({
      backend: start,
      query: BACKEND.queryStart,
    });
    expect(backendTerminate.fence({ action: "backend-terminate", ...REQUEST }, context(null)).other).toEqual({
      backend: null,
    });
  });

  it("shows what it is, its query and whom it holds up", () => {
    const impact = backendTerminate.impact({ action: "backend-terminate", ...REQUEST }, context({ blocks: [1, 2] }));
    expect(impact.backend).toMatchObject({ pid: 4242, query: "select 1", blocks: [1, 2] });
    expect(impact.backend).not.toHaveProperty("ours");
  });
});

describe("is blocked:", () => {
  it.each<[string, Partial<BackendFacts> | null, string, string]>([
    ["gone", null, "backend-there", "backend-there.gone"],
    [
      "another of the same number",
      { backendStart: "2026-11-21T02:50:00.000Z" as Instant },
      "backend-there",
      "backend-there.other",
    ],
    ["on another member", { member: memberName("node2") }, "backend-there", "backend-there.gone"],
    ["our own session", { ours: true }, "backend-ours", "backend-ours.yes"],
    ["a process of the server", { backendType: "checkpointer", user: null }, "backend-kind", "backend-kind.server"],
    ["the WAL receiver", { backendType: "walreceiver" }, "backend-kind", "backend-kind.server"],
  ])("%s, whatever is asked", (_, over, id, text) => {
    for (const checks of [cancel(context(over)), terminate(context(over))]) {
      expect(ids(checks, "block")).toEqual([id]);
      expect(textOf(checks, id)).toBe(text);
    }
  });

  it.each([
    ["idle", "backend-query.idle"],
    ["idle in transaction", "backend-query.in-transaction"],
    ["idle in transaction (aborted)", "backend-query.in-transaction"],
  ])("a cancel of a session that is %s: it would do nothing", (state, text) => {
    const checks = cancel(context({ state }));
    expect(ids(checks, "block")).toEqual(["backend-query"]);
    expect(textOf(checks, "backend-query")).toBe(text);
    expect(ids(terminate(context({ state })), "block")).toEqual([]);
  });

  it.each<[string, Known<BackendFacts | null>]>([
    ["not looked at", { state: "unknown", failure: { kind: "timeout", text: "no answer" } }],
    ["looked at too long ago", { state: "stale", value: BACKEND, at: NOW - 60_000, ageMs: 60_000, failure: null }],
  ])("%s", (_, backend) => {
    expect(ids(terminate(planContext(undefined, { backend })), "block")).toEqual(["backend-there"]);
  });

  it("a server of another cluster at the member's address", () => {
    const checks = terminate(context({}, (state) => patchPostgres(state, "node1", { systemId: "1" })));
    expect(ids(checks, "block")).toEqual(["backend-server"]);
  });
});

describe("is warned of:", () => {
  it("a WAL sender twice, once for what it is and once for whom it feeds", () => {
    const sender = { backendType: "walsender", application: "node2", user: "replicator" };
    const checks = terminate(context(sender));
    expect(ids(checks, "warn")).toEqual(["backend-wal-sender", "backend-wal-sender-of"]);
    expect(textOf(checks, "backend-wal-sender-of")).toBe("backend-sender.of-member");
    expect(checks.find(({ id }) => id === "backend-wal-sender-of")?.text.params).toMatchObject({ receiver: "node2" });
  });

  it.each<[string, Partial<BackendFacts>, (state: ClusterState) => ClusterState, string]>([
    [
      "a synchronous standby",
      { application: "node2" },
      (s) =>
        patchDcs(s, { config: { synchronous_mode: true }, sync: { leader: memberName("node1"), standbys: ["node2"] } }),
      "of-sync",
    ],
    ["a stranger", { application: "pg_basebackup" }, (s) => s, "of-stranger"],
    ["nobody knows whom", { application: null, clientAddress: null }, (s) => s, "of-stranger"],
  ])("a WAL sender that feeds %s", (_, over, change, key) => {
    const checks = terminate(context({ backendType: "walsender", ...over }, change));
    expect(textOf(checks, "backend-wal-sender-of")).toBe(`backend-sender.${key}`);
  });

  it("a WAL sender that feeds the only standby", () => {
    const two = planContext(
      undefined,
      {
        backend: {
          state: "fresh",
          value: { ...BACKEND, backendType: "walsender", application: "node2" },
          at: NOW,
          ageMs: 0,
        },
      },
      { names: ["node1", "node2"] },
    );
    expect(textOf(terminate(two), "backend-wal-sender-of")).toBe("backend-sender.of-only");
  });

  it.each<[string, Partial<BackendFacts>, string, string]>([
    [
      "autovacuum",
      { backendType: "autovacuum worker", query: "autovacuum: VACUUM t" },
      "backend-kind",
      "backend-kind.autovacuum",
    ],
    [
      "autovacuum against wraparound",
      { backendType: "autovacuum worker", query: "autovacuum: VACUUM t (to prevent wraparound)" },
      "backend-kind",
      "backend-kind.wraparound",
    ],
    [
      "autovacuum of unseen query",
      { backendType: "autovacuum worker", query: null },
      "backend-kind",
      "backend-kind.unknown",
    ],
    ["a background worker", { backendType: "parallel worker" }, "backend-kind", "backend-kind.worker"],
    ["a superuser's session", { superuser: true }, "backend-permitted", "backend-permitted.superuser"],
    ["a session of nobody", { superuser: null, user: null }, "backend-permitted", "backend-permitted.nobody"],
    ["a session of whom it is not known", { superuser: null }, "backend-permitted", "backend-permitted.unknown"],
    [
      "an open transaction",
      { transactionStart: "2026-11-21T02:58:00.000Z" as Instant },
      "backend-transaction",
      "backend-transaction.text",
    ],
  ])("%s", (_, over, id, text) => {
    const checks = terminate(context(over));
    expect(ids(checks, "block")).toEqual([]);
    expect(ids(checks, "warn")).toEqual([id]);
    expect(textOf(checks, id)).toBe(text);
  });

  it("a cancel of a session whose state is not told, and a server that is not seen", () => {
    expect(ids(cancel(context({ state: null })), "warn")).toEqual(["backend-query"]);
    expect(ids(terminate(context({}, (s) => failing(s, "postgres", "node1", "refused"))), "warn")).toEqual([
      "backend-server",
    ]);
  });
});

it("names whom it holds up", () => {
  const checks = terminate(context({ blocks: [11, 12] }));
  expect(checks.find(({ id }) => id === "backend-waiters")?.text.params).toEqual({ count: 2, pids: "11, 12" });
});
