import { problemResponse } from "@/lib/contract/problem";
import type { ClusterScope } from "@/lib/domain/ids";
import type { Snapshot } from "@/lib/domain/snapshot";
import { live } from "@/lib/live/current";
import type { Live } from "@/lib/live/types";

/** The configured scope of that name. */
export const configuredScope = (store: Live, scope: string): ClusterScope | undefined =>
  store.scopes().find((one) => one === scope);

export const noSuchCluster = (scope: string): Response =>
  problemResponse("not-found", `No cluster of the scope ${JSON.stringify(scope.slice(0, 100))} is configured.`);

/** Answers from the current picture of a cluster; a problem when there is no such cluster, or no picture yet. */
export function withSnapshot(scope: string, answer: (snapshot: Snapshot, store: Live) => Response): Response {
  const store = live();
  if (!store) return problemResponse("not-started");
  if (!configuredScope(store, scope)) return noSuchCluster(scope);
  const snapshot = store.snapshot(scope);
  return snapshot ? answer(snapshot, store) : problemResponse("not-started");
}
