import type { ClusterState } from "../cluster-state";
import type { PgbouncerFacts, PgbouncerStats } from "../facts";
import type { Sample } from "../metrics/sample";
import { collect } from "./collect";
import { grown, type Moved, movedLooks } from "./moved";

/** Clients of each PgBouncer, and how long they wait for a server. */
export function pgbouncerSamples(before: ClusterState | null, after: ClusterState): Sample[] {
  return movedLooks(before?.pgbouncer, after.pgbouncer).flatMap((look) => {
    const { pools } = look.value;
    return collect(look.target, look.at, [
      ["pgbouncer-clients-active", pools.reduce((sum, pool) => sum + pool.clientsActive, 0)],
      ["pgbouncer-clients-waiting", pools.reduce((sum, pool) => sum + pool.clientsWaiting, 0)],
      ["pgbouncer-max-wait-ms", Math.max(0, ...pools.map((pool) => pool.maxWaitMs))],
      ["pgbouncer-average-wait-ms", averageWait(look)],
    ]);
  });
}

/**
 * Milliseconds that a client waited, on average, each time it was given a server between the two looks. PgBouncer's own `avg_wait_time`
 * is another thing: all waiting together a second, over a minute. Before 1.23 transactions stand in for the times a server
 * was given, which they are in transaction pools.
 */
function averageWait({ value, was, blind }: Moved<PgbouncerFacts>): number | null {
  if (!was || blind) return null;
  const waited = grown(
    total(value, (s) => s.waitMs),
    total(was.value, (s) => s.waitMs),
  );
  const served = grown(total(value, times), total(was.value, times));
  if (waited === null || served === null) return null;
  if (served === 0) return waited === 0 ? 0 : null;
  return waited / served;
}

const times = (stats: PgbouncerStats): number => stats.assignments ?? stats.transactions;
const total = ({ stats }: PgbouncerFacts, pick: (stats: PgbouncerStats) => number): number =>
  stats.reduce((sum, one) => sum + pick(one), 0);
