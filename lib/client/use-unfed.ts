"use client";
import { useCallback, useSyncExternalStore } from "react";
import { SILENCE_MS } from "@/lib/contract/stream";
import { useLiveStore } from "./live-provider";
import { useAtLiveTick } from "./use-live";

/**
 * Nobody reloads a wall that looks well. It must say within `SILENCE_MS` of the last frame that it is not fed; this is left of it without the
 * second until the next tick, one more where the browser slows timers down, and the time to draw. Two heartbeats may be missed.
 */
export const UNFED_MS = SILENCE_MS - 3_000;
/** A clock that is put right by less than this is not taken for one that was put back. */
const PUT_BACK_MS = 1_000;

/** `over`: the server no longer lets us look. */
export type Feed = "fed" | "silent" | "over";

/** How the page is fed, by its own clock alone where nothing comes. */
export function useFeed(): Feed {
  const store = useLiveStore();
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = [store.subscribe(listener), store.clock.subscribe(listener)];
      return () => {
        for (const stop of stops) stop();
      };
    },
    [store],
  );
  const read = (): Feed => {
    const { link } = store.view();
    if (link.phase === "unauthorized") return "over";
    const silentMs = Date.now() - link.heardAt;
    // Of a clock that was put back nothing can be told until the next frame: a display often starts with a wrong one.
    return silentMs > UNFED_MS || silentMs < -PUT_BACK_MS ? "silent" : "fed";
  };
  return useSyncExternalStore(subscribe, read, () => "fed");
}

/** True when a picture made at `at` is too old to be shown as the present, though the server speaks. */
export const useIsUnrenewed = (at: string | undefined): boolean =>
  useAtLiveTick((now) => at !== undefined && now - Date.parse(at) > UNFED_MS);

/** When the server was last heard, on its own clock, in epoch ms; for a page that waits for it. */
export function useHeardAt(): number {
  const { clock, view, subscribe } = useLiveStore();
  const heardAt = useSyncExternalStore(
    subscribe,
    () => view().link.heardAt,
    () => view().link.heardAt,
  );
  return heardAt + (clock.now() - Date.now());
}
