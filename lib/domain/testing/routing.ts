import type { ClusterState } from "../cluster-state";
import type { HaproxyFacts, PgbouncerDatabase, PgbouncerPool, Pool, PoolServer } from "../facts";
import type { Finding } from "../findings/finding";
import type { FindingRule } from "../findings/rule";
import { allSaid, inputOf } from "../findings/testing/staleness";
import type { EpochMs } from "../ids";
import { buildSnapshot } from "../snapshot/build";
import { answer, healthyState, NOW, READ_POOL, WRITE_POOL } from "./builders";
import { poolServer } from "./facts";
import { bareText } from "./samples";

/** The way that clients take, bent as tests need it, and what a rule says of it. */

export const said = (rule: FindingRule, state: ClusterState, now: EpochMs = NOW) =>
  allSaid(inputOf(state, null, now), [rule]).map(({ draft }) => draft);

/** What is shown once `state` has lasted for `ms` without a break, by id. */
export function shownAfter(state: ClusterState, ms: number): readonly Finding[] {
  const first = { ...buildSnapshot(state, null, NOW, bareText), version: 1 };
  const early = new Date(NOW - ms).toISOString() as Finding["since"];
  const pending = Object.fromEntries(Object.keys(first.watch.pending).map((id) => [id, early]));
  return buildSnapshot(state, { ...first, watch: { ...first.watch, pending } }, NOW + 1, bareText).findings;
}

/** Changes each server line of one HAProxy's pool, by its name. */
export function servers(
  state: ClusterState,
  node: string,
  pool: string,
  change: (server: PoolServer) => Partial<PoolServer>,
): ClusterState {
  const bend = (one: Pool): Pool =>
    one.name === pool ? { ...one, servers: one.servers.map((server) => ({ ...server, ...change(server) })) } : one;
  return answer(state, "haproxy", node, (was: HaproxyFacts) => ({ ...was, pools: was.pools.map(bend) }));
}

/** The pool sends to these servers and no others, on these HAProxy hosts (on all of them by default). */
export function takers(state: ClusterState, pool: string, up: readonly string[], nodes = Object.keys(state.haproxy)) {
  return nodes.reduce((s, node) => servers(s, node, pool, ({ name }) => poolServer(name, up.includes(name))), state);
}
export const writers = (state: ClusterState, up: readonly string[], nodes?: readonly string[]) =>
  takers(state, WRITE_POOL, up, nodes ? [...nodes] : undefined);
export const readers = (state: ClusterState, up: readonly string[], nodes?: readonly string[]) =>
  takers(state, READ_POOL, up, nodes ? [...nodes] : undefined);

/** One more server line in the write pool of one HAProxy, which is up. */
export function withServer(state: ClusterState, node: string, name: string, over: Partial<PoolServer> = {}) {
  const add = (pool: Pool): Pool =>
    pool.name === WRITE_POOL ? { ...pool, servers: [...pool.servers, poolServer(name, true, over)] } : pool;
  return answer(state, "haproxy", node, (was: HaproxyFacts) => ({ ...was, pools: was.pools.map(add) }));
}

/** What one PgBouncer's console shows, its one pool and its one database changed. */
export function pooler(
  state: ClusterState,
  member: string,
  pool: Partial<PgbouncerPool>,
  database: Partial<PgbouncerDatabase> = {},
): ClusterState {
  return answer(state, "pgbouncer", member, (was) => ({
    ...was,
    databases: was.databases.map((one) => ({ ...one, ...database })),
    pools: was.pools.map((one) => ({ ...one, ...pool })),
  }));
}

/** A cluster that follows another one: its leader is in recovery, and nobody is up in the write pool. */
export function standbyCluster(): ClusterState {
  const state = healthyState({ clientEye: true });
  const good = state.dcs.good;
  if (!good) return state;
  const config = { ...good.value.config, standby_cluster: { host: "10.9.9.9", port: 5432 } };
  const dcs = { ...state.dcs, good: { ...good, value: { ...good.value, config } } };
  const inRecovery = answer({ ...state, dcs }, "postgres", "node1", (was) => ({ ...was, inRecovery: true }));
  return writers(
    answer(inRecovery, "patroni", "node1", (was) => ({ ...was, role: "standby-leader" as const })),
    [],
  );
}

/** As if one HAProxy or PgBouncer had last answered that many ms ago, and were silent since. */
export function silentFor(
  state: ClusterState,
  room: "haproxy" | "pgbouncer",
  target: string,
  ms: number,
): ClusterState {
  const look = state[room][target];
  if (!look?.good) return state;
  const good = { ...look.good, at: look.good.at - ms };
  const last = { at: look.good.at, tookMs: 1_500, failure: { kind: "timeout", text: "timed out" } as const };
  return { ...state, [room]: { ...state[room], [target]: { ...look, good, last, failures: 3 } } };
}

/** Every HAProxy and every PgBouncer so. */
export const allSilent = (state: ClusterState, room: "haproxy" | "pgbouncer"): ClusterState =>
  Object.keys(state[room]).reduce((s, target) => silentFor(s, room, target, 120_000), state);
