import type { Watcher } from "etcd3";
import type { SourceFailure } from "@/lib/domain/observation";
import { failureOf, failureText } from "@/lib/sources/shared/failure";
import type { EtcdConnection } from "./client";
import { applyEvents, emptyKeySpace, type KeyEvent, type KeySpace, takeListing } from "./key-space";
import { keyValueOf, type Listing, listPrefix, type RawKeyValue } from "./range";

const WATCH_CREATION_MS = 5_000;
/** Somebody waits for a listing on demand: a member that is slow in it is left for another in time for that one to answer. */
const ON_DEMAND_DEADLINE_MS = 1_200;

export type ViewCause = "list" | "event" | "heartbeat";

export type FollowOptions = {
  readonly prefix: string;
  readonly heartbeatMs: number;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  readonly onSpace: (space: KeySpace, seen: { readonly tookMs: number; readonly cause: ViewCause }) => void;
  readonly onEvents?: ((events: readonly KeyEvent[]) => void) | undefined;
  /** Gives the way to ask for a full listing that begins after the asking; null once there is no connection to ask by. */
  readonly onListable?: ((list: (() => Promise<void>) | null) => void) | undefined;
};

/**
 * Follows a prefix from a first listing until anything at all goes wrong, closes the connection and says what it was.
 * The library's own resuming is never used, because its defects lie there (etcd3 1.1.2, verified):
 *
 * - one watcher a client and a new client a session: a watch refused at creation wedges the client's queue for good;
 * - any `error` or `disconnected` ends the session: a watch resumed from a compacted revision is cancelled with an empty
 *   reason, and after a reconnect the resume point skips events that were not delivered;
 * - the listeners are attached before the watch is sent, as an early `error` is otherwise swallowed;
 * - a watch that is not confirmed in 5 s ends the session: creating one has no time-out and never settles;
 * - each heartbeat lists everything again through the quorum: it finds a silent peer and repairs what a watch missed;
 * - on the way out the stream itself is cancelled (`close`), so nothing can arrive for a watch no longer known, which would
 *   throw inside the library, and the watcher is detached, or the library would try to reconnect for ever.
 */
export function follow(connection: EtcdConnection, first: Listing, options: FollowOptions): Promise<SourceFailure> {
  const { prefix, heartbeatMs, deadlineMs, signal, onSpace, onEvents, onListable } = options;
  return new Promise((resolve) => {
    let ended = false;
    let space = takeListing(emptyKeySpace, first);
    let heartbeat: NodeJS.Timeout | undefined;
    let underWay: Promise<void> | null = null;

    const end = (failure: SourceFailure) => {
      if (ended) return;
      ended = true;
      clearTimeout(heartbeat);
      clearTimeout(creation);
      signal.removeEventListener("abort", abort);
      onListable?.(null);
      connection.close();
      resolve(failure);
    };
    const abort = () => end(failureText("aborted"));

    const list = async (withinMs: number) => {
      const listing = await listPrefix(connection, prefix, withinMs);
      if (ended) return;
      if (!listing.ok) return end(listing.failure);
      space = takeListing(space, listing.value);
      onSpace(space, { tookMs: listing.value.tookMs, cause: "heartbeat" });
      heartbeat = setTimeout(() => void beat(), heartbeatMs);
    };
    /** One listing at a time: who comes while one is under way shares it. */
    const beat = (withinMs = deadlineMs): Promise<void> => {
      clearTimeout(heartbeat);
      underWay ??= list(withinMs).finally(() => {
        underWay = null;
      });
      return underWay;
    };
    const listAgain = async () => {
      // It may have begun before what is asked about.
      await underWay;
      if (!ended) await beat(Math.min(ON_DEMAND_DEADLINE_MS, deadlineMs));
    };

    const onData = (events: readonly KeyEvent[]) => {
      if (ended || events.length === 0) return;
      const started = performance.now();
      const next = applyEvents(space, events);
      if (next === space) return;
      space = next;
      onSpace(space, { tookMs: performance.now() - started, cause: "event" });
      onEvents?.(events);
    };

    const creation = setTimeout(() => end(failureText("timeout", "the watch was not created")), WATCH_CREATION_MS);
    signal.addEventListener("abort", abort, { once: true });
    onSpace(space, { tookMs: first.tookMs, cause: "list" });
    onListable?.(listAgain);
    const watcher = connection.etcd
      .watch()
      .prefix(prefix)
      .startRevision(String(first.revision + 1n))
      .watcher();
    listen(watcher, { created: () => clearTimeout(creation), data: onData, end });
    heartbeat = setTimeout(() => void beat(), heartbeatMs);
    if (signal.aborted) abort();
  });
}

type Hooks = { created(): void; data(events: readonly KeyEvent[]): void; end(failure: SourceFailure): void };

function listen(watcher: Watcher, { created, data, end }: Hooks) {
  watcher.on("connected", created);
  watcher.on("data", (response) => data(response.events.map((event) => eventOf(event.type, event.kv))));
  watcher.on("error", (error) => end(failureOf(error)));
  watcher.on("disconnected", (error) => {
    // Detaches at once in this state, so that the library finds nothing to reconnect for.
    void watcher.cancel();
    end(failureOf(error));
  });
  watcher.on("end", () => end(failureText("reset", "the watch was ended")));
}

function eventOf(type: string, kv: RawKeyValue): KeyEvent {
  const entry = keyValueOf(kv);
  return type === "Delete"
    ? { type: "delete", key: entry.key, modRevision: entry.modRevision }
    : { type: "put", ...entry };
}
