"use client";
import { createContext, useContext, useSyncExternalStore } from "react";

/** The moment that the pointer, or the keyboard, stands at: shared by all charts of a page. */
export type Crosshair = {
  get(): number | null;
  /** Takes effect with the next frame, and only the last one of a frame does. */
  set(at: number | null): void;
  subscribe(listener: () => void): () => void;
};

type Schedule = (run: () => void) => void;
const nextFrame: Schedule = (run) => void requestAnimationFrame(run);

export function createCrosshair(schedule: Schedule = nextFrame): Crosshair {
  const listeners = new Set<() => void>();
  let shown: number | null = null;
  let wanted: number | null = null;
  let waiting = false;
  return {
    get: () => shown,
    set(at) {
      wanted = at;
      if (waiting) return;
      waiting = true;
      schedule(() => {
        waiting = false;
        if (wanted === shown) return;
        shown = wanted;
        for (const listener of listeners) listener();
      });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
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

const none = () => null;

/** What `read` makes of the crosshair's moment; the component is drawn again only when the result differs. */
export function useAtCrosshair<T extends string | number | boolean | null>(read: (at: number | null) => T): T {
  const crosshair = useCrosshair();
  return useSyncExternalStore(
    crosshair.subscribe,
    () => read(crosshair.get()),
    () => read(none()),
  );
}
