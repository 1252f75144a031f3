import type { Collectors } from "@/lib/collectors/current";
import type { ClusterState } from "@/lib/domain/cluster-state";
import type { ClusterScope } from "@/lib/domain/ids";
import type { Snapshot } from "@/lib/domain/snapshot";

export type Picture = { readonly state: ClusterState; readonly snapshot: Omit<Snapshot, "version"> };

/** The newest picture of each cluster, drawn or not, and word of the next one. */
export type Pictures = {
  /** Null until the cluster was looked at. */
  latest(scope: string): Picture | null;
  onNext(scope: string, callback: (picture: Picture) => void): () => void;
  close(): void;
};

export function followPictures(collectors: Pick<Collectors, "onState">, scopes: readonly ClusterScope[]): Pictures {
  const pictures = new Map<string, Picture>();
  const listeners = new Map<string, Set<(picture: Picture) => void>>(scopes.map((scope) => [scope, new Set()]));
  const ends = scopes.map((scope) =>
    collectors.onState(scope, (state, snapshot) => {
      const picture = { state, snapshot };
      pictures.set(scope, picture);
      for (const listener of [...(listeners.get(scope) ?? [])]) listener(picture);
    }),
  );
  return {
    latest: (scope) => pictures.get(scope) ?? null,
    onNext(scope, callback) {
      listeners.get(scope)?.add(callback);
      return () => {
        listeners.get(scope)?.delete(callback);
      };
    },
    close() {
      for (const end of ends) end();
    },
  };
}
