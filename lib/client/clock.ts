import type { EpochMs } from "@/lib/domain/ids";

const TICK_MS = 1_000;
/** Frames whose delay is compared; the least delayed one tells the server's clock best. */
const SAMPLES = 8;

/** The server's clock as far as the browser can tell, advancing once a second for everything that shows an age. */
export type Clock = {
  /** Server time at the last tick; constant between ticks, so that every age on the page moves together. */
  current(): EpochMs;
  /** Server time this instant. */
  now(): EpochMs;
  /** Takes the server's time out of a frame that has just arrived. */
  observe(serverNow: EpochMs): void;
  subscribe(listener: () => void): () => void;
  /** Advances at once, for example when a hidden tab is shown again. */
  tick(): void;
};

export function createClock(initial: EpochMs, local: () => EpochMs = Date.now): Clock {
  let offsets: readonly number[] = [];
  // Before the first frame the page's own rendering time stands in, whatever it took to arrive.
  let offset = initial - local();
  let shown = initial;
  let timer: ReturnType<typeof setInterval> | undefined;
  const listeners = new Set<() => void>();
  const now = () => local() + offset;
  const tick = () => {
    shown = now();
    for (const listener of listeners) listener();
  };
  return {
    current: () => shown,
    now,
    tick,
    observe(serverNow) {
      offsets = [...offsets.slice(1 - SAMPLES), serverNow - local()];
      offset = Math.max(...offsets);
    },
    subscribe(listener) {
      listeners.add(listener);
      timer ??= setInterval(tick, TICK_MS);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
}
