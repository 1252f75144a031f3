import type { QueryClient } from "@tanstack/react-query";
import { applyStreamEvent, type Held, type StreamEvent } from "@/lib/contract/stream";
import type { Snapshot } from "@/lib/domain/snapshot";
import { getJson } from "./api";
import { clusterKeys } from "./keys";

const scopeOf = (event: Exclude<StreamEvent, { type: "heartbeat" }>) =>
  event.type === "snapshot" ? event.snapshot.scope : event.scope;

/** Folds one frame into the cache. False when the picture it builds on is not ours: the caller must fetch the whole. */
export function takeEvent(client: QueryClient, event: StreamEvent): boolean {
  if (event.type === "heartbeat") return true;
  const key = clusterKeys.snapshot(scopeOf(event));
  const applied = applyStreamEvent(client.getQueryData<Held>(key), event);
  if (applied.kind === "applied") client.setQueryData<Held>(key, applied.held);
  return applied.kind !== "gap";
}

/** GETs one cluster's whole picture. Throws an error that carries an `ApiProblem`. */
export async function fetchSnapshot(scope: string, signal?: AbortSignal): Promise<Snapshot> {
  return (await getJson(`/api/v1/clusters/${encodeURIComponent(scope)}`, signal)) as Snapshot;
}
