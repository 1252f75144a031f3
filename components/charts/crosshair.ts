"use client";
import { createContext, useContext, useSyncExternalStore } from "react";

/** The moment that the pointer, or the keyboard, stands at: shared by all charts of a page. */
export type Crosshair = {
  get(): number | null;
  /** Where it was set last, also when no frame has shown it yet: the next key goes on from there. */
  latest(): number | null;
  /** Takes effect with the next frame, and only the last one of a frame does. */
  set(at: number | null): void;
  subscribe(listener: () => void): () => void;
  /** As `subscribe`, but told a few times a second, apart from the frame: for the figures beside the charts. */
  subscribeCalmly(listener: () => void): () => void;
};

type Schedule = (run: () => void) => void;
const nextFrame: Schedule = (run) => void requestAnimationFrame(run);
const CALM_MS = 80;
const inAWhile: Schedule = (run) => void setTimeout(run, CALM_MS);
/** So many are told in one task; the rest follow in the next, so that no frame waits for all of them. */
const CALM_BATCH = 24;

export function createCrosshair(schedule: Schedule = nextFrame, scheduleCalm: Schedule = inAWhile): Crosshair {
  const listeners = new Set<() => void>();
  const calm = new Set<() => void>();
  let calmWaiting = false;
  let shown: number | null = null;
  let wanted: number | null = null;
  let waiting = false;
  const tellCalmly = (left: readonly (() => void)[]) => {
    for (const listener of left.slice(0, CALM_BATCH)) if (calm.has(listener)) listener();
    if (left.length > CALM_BATCH) setTimeout(() => tellCalmly(left.slice(CALM_BATCH)), 0);
  };
  const plan = () => {
    if (calmWaiting) return;
    calmWaiting = true;
    scheduleCalm(() => {
      calmWaiting = false;
      tellCalmly([...calm]);
    });
  };
  return {
    get: () => shown,
    latest: () => wanted,
    set(at) {
      wanted = at;
      if (waiting) return;
      waiting = true;
      schedule(() => {
        waiting = false;
        if (wanted === shown) return;
        shown = wanted;
        for (const listener of listeners) listener();
        plan();
      });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    subscribeCalmly(listener) {
      calm.add(listener);
      return () => calm.delete(listener);
    },
  };
}

const Context = createContext<Crosshair | null>(null);
export const CrosshairScope = Context.Provider;

export function useCrosshair(): Crosshair {
  const crosshair = useContext(Context);
  if (!crosshair) throw new Error("a chart needs a CrosshairScope");
  return crosshair;
}

/**
 * What `read` makes of the crosshair's moment; the component is drawn again only when the result differs. `calm`: it may come a
 * few frames late.
 */
export function useAtCrosshair<T extends string | number | boolean | null>(
  read: (at: number | null) => T,
  calm = false,
): T {
  const crosshair = useCrosshair();
  return useSyncExternalStore(
    calm ? crosshair.subscribeCalmly : crosshair.subscribe,
    () => read(crosshair.get()),
    () => read(null),
  );
}
