import { atOf, type Evidence, failureOf, lastOf, trustOf } from "../evidence/evidence";
import type { Pool, PoolServer } from "../facts";
import { instant } from "../ids";
import type { HaproxyNodeView } from "../snapshot";

/** `up` and `no-check` get new sessions; `going-down` is HAProxy's `UP 1/3` and still does. Weight 0 gets none. */
const RECEIVES: ReadonlySet<PoolServer["status"]> = new Set(["up", "no-check", "going-down"]);

const receives = (server: PoolServer): boolean => RECEIVES.has(server.status) && server.weight !== 0;

/**
 * Servers that get new sessions. Backup servers take over only when no other server is usable, and then only the first
 * of them (HAProxy's default without `option allbackups`).
 */
export function receivingServers(pool: Pool): readonly PoolServer[] {
  const usable = pool.servers.filter(receives);
  const active = usable.filter((server) => !server.backup);
  return active.length > 0 ? active : usable.slice(0, 1);
}

/** HAProxy nodes as configured, with the pools of their last page. A server that is no known member keeps its own name. */
export function viewHaproxy(evidence: Evidence): HaproxyNodeView[] {
  const { spec, places } = evidence;
  return evidence.haproxy.map(({ name, known }) => {
    const pools = lastOf(known)?.pools ?? [];
    const named = (pool: string | null | undefined) => pools.find((p) => p.name === pool) ?? null;
    const write = named(spec.haproxy?.writePool);
    const at = atOf(known);
    const targets = write ? receivingServers(write).map((s) => places.byServer(s) ?? s.name) : [];
    return {
      name,
      trust: trustOf(known),
      at: at === null ? null : instant(at),
      failure: failureOf(known),
      write,
      read: named(spec.haproxy?.readPool),
      pools,
      writesTo: [...new Set(targets)],
    };
  });
}
