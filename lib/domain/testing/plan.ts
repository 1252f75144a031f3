import type { PlanContext, ServerFacts } from "../actions/facts";
import type { ClusterState } from "../cluster-state";
import { type EpochMs, instant } from "../ids";
import { buildSnapshot } from "../snapshot/build";
import { type ClusterOptions, healthyState, NOW } from "./builders";
import { LEADER_LSN } from "./facts";
import { bareText } from "./samples";

/** What a plan is made from, for tests: a healthy cluster in which nothing forbids anything, then changes by name. */

/** One look at a server where little goes on. */
export function serverFacts(leads: boolean, over: Partial<ServerFacts> = {}): ServerFacts {
  return {
    dataDirectory: "/var/lib/postgresql/17/main",
    databaseBytes: 48 * 2 ** 30,
    clients: leads
      ? [
          { application: "1cv8", user: "erp", database: "erp", count: 41, inTransaction: 3 },
          { application: "pgbouncer", user: "erp", database: "erp", count: 9, inTransaction: 1 },
        ]
      : [{ application: "reports", user: "bi", database: "erp", count: 4, inTransaction: 0 }],
    longTransactions: [],
    preparedTransactions: 0,
    sinceCheckpointBytes: leads ? 4 * 2 ** 20 : null,
    checkpointRunning: leads ? false : null,
    baseBackups: [],
    currentLsn: leads ? LEADER_LSN : null,
    ...over,
  };
}

/** The context of a given state at `now`, its picture drawn by the real rules. Servers are asked where PostgreSQL is configured. */
export function contextOf(state: ClusterState, over: Partial<PlanContext> = {}, now: EpochMs = NOW): PlanContext {
  const leader = state.dcs.good?.value.leader?.name ?? null;
  const servers = Object.fromEntries(
    (state.spec.postgres ? state.roster : []).map(({ name }) => [
      name,
      { state: "fresh", value: serverFacts(name === leader), at: now, ageMs: 0 } as const,
    ]),
  );
  return {
    now,
    state,
    snapshot: buildSnapshot(state, null, now, bareText),
    servers,
    backend: { state: "unknown", failure: null },
    pastGaps: [
      { at: instant(now - 4 * 86_400_000), ms: 2_300 },
      { at: instant(now - 19 * 86_400_000), ms: 3_900 },
    ],
    lock: { kind: "free" },
    running: null,
    recordable: true,
    patroniCredentials: true,
    haproxyAdmin: Object.fromEntries((state.spec.haproxy?.nodes ?? []).map((node) => [node, true])),
    ...over,
  };
}

/** A healthy cluster of three (or as `options` say), changed by `change`, and what else `over` says. */
export function planContext(
  change: (state: ClusterState) => ClusterState = (state) => state,
  over: Partial<PlanContext> = {},
  options: ClusterOptions = {},
): PlanContext {
  return contextOf(change(healthyState(options)), over, options.now ?? NOW);
}
