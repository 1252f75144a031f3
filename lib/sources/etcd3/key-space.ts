import type { KeyValue, Listing } from "./range";

export type KeyEvent =
  | ({ readonly type: "put" } & KeyValue)
  | { readonly type: "delete"; readonly key: string; readonly modRevision: bigint };

/** The keys under a prefix as of `revision`; immutable. */
export type KeySpace = {
  readonly revision: bigint;
  readonly keys: ReadonlyMap<string, KeyValue>;
};

export const emptyKeySpace: KeySpace = { revision: 0n, keys: new Map() };

/**
 * Replaces everything by a listing. A listing older than what the watch has already told changes nothing: it and the
 * watch travel on different streams and overtake each other.
 */
export function takeListing(space: KeySpace, listing: Listing): KeySpace {
  if (listing.revision < space.revision) return space;
  return { revision: listing.revision, keys: new Map(listing.keys.map((entry) => [entry.key, entry])) };
}

/**
 * Applies the events of one watch response, all of them or those newer than what is known. The new revision is the last
 * event's own: the response's header names the store's, which may be ahead of what was delivered.
 */
export function applyEvents(space: KeySpace, events: readonly KeyEvent[]): KeySpace {
  const newer = events.filter((event) => event.modRevision > space.revision);
  if (newer.length === 0) return space;
  const keys = new Map(space.keys);
  let { revision } = space;
  for (const event of newer) {
    if (event.type === "put") keys.set(event.key, event);
    else keys.delete(event.key);
    if (event.modRevision > revision) revision = event.modRevision;
  }
  return { revision, keys };
}
