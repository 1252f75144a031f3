import type { ClusterConfig } from "@/lib/config/types";
import type { ClusterScope } from "@/lib/domain/ids";
import { type EtcdLockOptions, lockAbility, takeLock } from "@/lib/sources/etcd3/lock";
import type { DcsLock } from "./types";

/** Our own key in each cluster's etcd v3; other kinds of DCS have none. Clusters that are not configured answer `not-supported`. */
export function createDcsLock(clusters: readonly ClusterConfig[]): DcsLock {
  const options = new Map(
    clusters.filter(({ dcs }) => dcs.kind === "etcd3").map((cluster) => [cluster.scope, optionsOf(cluster)]),
  );
  return {
    async ability(scope: ClusterScope) {
      const of = options.get(scope);
      return of ? lockAbility(of) : { kind: "not-supported" };
    },
    async take(scope, holder, leaderRevision) {
      const of = options.get(scope);
      return of ? takeLock(of, holder, leaderRevision) : { kind: "not-supported" };
    },
  };
}

const optionsOf = ({ scope, dcs }: ClusterConfig): EtcdLockOptions => ({
  scope,
  endpoints: dcs.endpoints,
  namespace: dcs.namespace,
  username: dcs.username,
  password: dcs.password,
  tls: dcs.tls,
});
