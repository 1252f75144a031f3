import type { QueryClient } from "@tanstack/react-query";
import type { StreamEvent } from "@/lib/contract/stream";
import type { EpochMs } from "@/lib/domain/ids";
import type { Snapshot } from "@/lib/domain/snapshot";
import { type Clock, createClock } from "./clock";
import { takeEvent } from "./cluster-events";
import { initialLink, isSilent, type Link } from "./link";
import { runConnection } from "./live-connection";

/** What components read of the connection. `silent` turns true by the clock alone, without any frame. */
export type LinkView = { readonly link: Link; readonly silent: boolean };

export type FetchSnapshot = (scope: string) => Promise<Snapshot>;

/** The tab's connection: link, clock, and the frames that go into the cache. */
export type LiveStore = {
  readonly clock: Clock;
  view(): LinkView;
  subscribe(listener: () => void): () => void;
  /** Opens the stream for these clusters; the result closes it. */
  start(scopes: readonly string[], fetchSnapshot: FetchSnapshot): () => void;
};

const STREAM = "/api/v1/stream";

export function streamUrl(scopes: readonly string[]): string {
  const query = scopes.map((scope) => `scope=${encodeURIComponent(scope)}`).join("&");
  return query === "" ? STREAM : `${STREAM}?${query}`;
}

/** Without a network an answer can take minutes, and nothing is tried until it is there. */
const PROBE_MS = 4_000;

/** Asks the address of a failed stream once: an `EventSource` does not tell a 401 from a 503. */
async function probe(url: string): Promise<number | null> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PROBE_MS);
  const answer = await fetch(url, { signal: abort.signal, cache: "no-store", credentials: "same-origin" }).catch(
    () => null,
  );
  const status = answer?.status ?? null;
  clearTimeout(timer);
  abort.abort();
  return status;
}

export function createLiveStore(client: QueryClient, initialNow: EpochMs): LiveStore {
  const clock = createClock(initialNow);
  const listeners = new Set<() => void>();
  const refetching = new Set<string>();
  let polls = 0;
  let view: LinkView = { link: initialLink(Date.now()), silent: false };

  const show = (link: Link) => {
    view = { link, silent: isSilent(link, Date.now()) };
    for (const listener of listeners) listener();
  };

  /** Fetches the whole picture that a patch of the process `boot` did not fit on. */
  const refetch = async (scope: string, boot: string, fetchSnapshot: FetchSnapshot) => {
    if (refetching.has(scope)) return;
    refetching.add(scope);
    try {
      const snapshot = await fetchSnapshot(scope);
      takeEvent(client, { type: "snapshot", boot, now: snapshot.at, snapshot });
    } catch {
      // The next patch finds the gap again; until then the age on the page tells the truth.
    } finally {
      refetching.delete(scope);
    }
  };

  const take = (event: StreamEvent, fetchSnapshot: FetchSnapshot) => {
    clock.observe(Date.parse(event.now));
    if (!takeEvent(client, event) && event.type === "patch") void refetch(event.scope, event.boot, fetchSnapshot);
  };

  return {
    clock,
    view: () => view,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start(scopes, fetchSnapshot) {
      const url = streamUrl(scopes);
      const onVisible = () => clock.tick();
      document.addEventListener("visibilitychange", onVisible);
      const unsubscribe = clock.subscribe(() => {
        if (view.silent !== isSilent(view.link, Date.now())) show(view.link);
      });
      const stop = runConnection({
        open: typeof EventSource === "undefined" ? null : () => new EventSource(url),
        probe: () => probe(url),
        poll: async () => {
          polls += 1;
          for (const snapshot of await Promise.all(scopes.map(fetchSnapshot))) {
            // Each answer stands for itself: nothing tells whether the process behind it is still the same.
            take({ type: "snapshot", boot: `poll ${polls}`, now: snapshot.at, snapshot }, fetchSnapshot);
          }
        },
        onEvent: (event) => take(event, fetchSnapshot),
        onLink: show,
        now: Date.now,
        onWake(wake) {
          window.addEventListener("online", wake);
          return () => window.removeEventListener("online", wake);
        },
      });
      return () => {
        stop();
        unsubscribe();
        document.removeEventListener("visibilitychange", onVisible);
      };
    },
  };
}
