import type { NextFailure } from "../actions/plan";
import { NOTHING_GONE, type Picture } from "./picture";
import { bypassed, routeWithout } from "./route";
import { tell } from "./tell";

/** How HAProxy reports a check that asked for a role by HTTP: then it asked Patroni, which knows nothing of PgBouncer. */
const ASKS_PATRONI = /^\*? ?L7/;

/** The PgBouncer of the leader alone: no other one leads to it. */
export function pgbouncerFailures(picture: Picture): readonly NextFailure[] {
  const leader = picture.leader?.name ?? null;
  if (leader === null || !picture.pgbouncer.some(({ member }) => member === leader)) return [];
  const what = { layer: "pgbouncer", subject: leader } as const;
  if (bypassed(picture, leader)) return [tell({ ...what, writes: "served", leader, why: "unharmed" })];
  const route = routeWithout(picture, leader, { ...NOTHING_GONE, pgbouncer: [leader] });
  const checks = picture.haproxy.flatMap(({ write }) =>
    (write?.servers ?? []).map(({ checkStatus }) => checkStatus ?? ""),
  );
  // A check of the port itself would take the only way to the leader out of the pool: writes are lost either way.
  const asksPatroni = picture.haproxy.length === 0 || checks.some((one) => ASKS_PATRONI.test(one));
  const why = route.why === "pgbouncer-dead" && !asksPatroni ? "no-route" : (route.why ?? "pgbouncer-dead");
  return [tell({ ...what, writes: route.served === "unknown" ? "unknown" : "lost", leader, why })];
}
