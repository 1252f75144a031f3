import type { ClusterConfig } from "@/lib/config/types";
import type { ClusterState } from "@/lib/domain/cluster-state";
import type { ClusterScope, MemberName } from "@/lib/domain/ids";
import { fail, type Result } from "@/lib/domain/observation";
import { mayActOnHaproxy } from "@/lib/sources/haproxy/act";
import type { PostgresAccess } from "@/lib/sources/postgres/once";
import { getBackendFacts, getServerFacts } from "@/lib/sources/postgres/plan-facts";
import type { PlanLooks } from "./types";

type StateOf = (scope: ClusterScope) => ClusterState | null;

/** Looks that are made for a plan alone; addresses from the roster, credentials from the configuration. Never reject. */
export function createPlanLooks(clusters: readonly ClusterConfig[], stateOf: StateOf): PlanLooks {
  const configs = new Map(clusters.map((config) => [config.scope, config]));
  return {
    async server(scope, member, signal) {
      const access = accessTo(configs.get(scope), stateOf(scope), member);
      return access.ok ? getServerFacts(access.value, access.value.timeoutMs, signal) : access;
    },
    async backend(scope, member, id, signal) {
      const access = accessTo(configs.get(scope), stateOf(scope), member);
      return access.ok ? getBackendFacts(access.value, member, id, access.value.timeoutMs, signal) : access;
    },
    async haproxyAdmin(scope, signal) {
      const haproxy = configs.get(scope)?.haproxy;
      if (!haproxy) return {};
      const each = haproxy.nodes.map(async (node) => {
        const may = await mayActOnHaproxy({ ...node, timeoutMs: haproxy.timeoutMs, signal });
        return [node.name, may.ok && may.value] as const;
      });
      return Object.fromEntries(await Promise.all(each));
    },
  };
}

function accessTo(
  config: ClusterConfig | undefined,
  state: ClusterState | null,
  member: MemberName,
): Result<PostgresAccess & { readonly timeoutMs: number }> {
  if (!config || !state) return fail("unsupported", "the cluster is not watched");
  if (!config.postgres) return fail("unsupported", "no access to PostgreSQL is configured");
  const { host = null, port = null } = state.roster.find(({ name }) => name === member) ?? {};
  if (host === null || port === null) return fail("unsupported", `${member} publishes no address`);
  return { ok: true, value: { ...config.postgres, host, port } };
}
