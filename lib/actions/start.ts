import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { Collectors } from "@/lib/collectors/current";
import type { ClusterConfig } from "@/lib/config/types";
import type { Store } from "@/lib/db/types";
import { preflight } from "@/lib/domain/preflight";
import { fenceMoved } from "@/lib/domain/preflight/fence";
import { verbOf } from "@/lib/domain/verify";
import type { History } from "@/lib/history/types";
import type { Live } from "@/lib/live/types";
import { createCaller } from "./caller";
import { createDcsLock } from "./dcs-lock";
import { createPlanLooks } from "./looks";
import { openActionStores } from "./open-stores";
import { createActions } from "./pipeline";

export type ActionsParts = {
  readonly clusters: readonly ClusterConfig[];
  readonly collectors: Collectors;
  readonly live: Live;
  readonly history: Pick<History, "gaps" | "status">;
  readonly store: Store;
  /** Port of this dashboard: there may be two on one host. */
  readonly port: number;
};

/** The pipeline on the real systems. Carries on at once what an earlier process left open. */
export function startActions({ clusters, collectors, live, history, store, port }: ActionsParts) {
  const { actionStore, audit } = openActionStores(store);
  const stateOf = (scope: string) => live.state(scope);
  return createActions({
    clusters,
    collectors,
    gaps: (scope, from, to) => history.gaps(scope, from, to),
    recordable: () => history.status().state !== "failing",
    store: actionStore,
    audit,
    lock: createDcsLock(clusters),
    caller: createCaller(clusters, stateOf),
    looks: createPlanLooks(clusters, stateOf),
    preflight,
    fenceMoved,
    verbOf,
    boot: live.boot,
    hostname: `${hostname()}:${port}`,
    alone: store.kind === "sqlite",
    now: Date.now,
    newId: randomUUID,
  });
}
