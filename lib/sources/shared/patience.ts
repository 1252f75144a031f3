/** How often it is looked whether we ourselves were running, in parts of the limit and in ms at least and at most. */
const PARTS = 10;
const TICK_MIN_MS = 10;
const TICK_MAX_MS = 250;
/** What stalls us for longer than the limit itself is ours to say and not the other side's to answer for. */
const WALL_FACTOR = 2;

/** Whose time ran out: `theirs` while we were running, `ours` when we hardly were. */
export type Lateness = "theirs" | "ours";

/**
 * A time-out over `limitMs` of our own waking time. A process that is starved, stopped or busy cannot hear an answer, so what it slept
 * through accuses nobody: each tick counts no more than its due length, and what has arrived meanwhile is read before the time is
 * called up. After twice the limit by the clock it is called up all the same, as `ours` if most of it was slept through.
 *
 * Calls `onLate` once, unless the returned function was called before.
 */
export function patience(limitMs: number, onLate: (whose: Lateness) => void): () => void {
  const tickMs = Math.min(TICK_MAX_MS, Math.max(TICK_MIN_MS, limitMs / PARTS));
  const began = performance.now();
  let awake = 0;
  let ticked = began;
  let over = false;
  let timer: NodeJS.Timeout | undefined;

  const schedule = () => {
    timer = setTimeout(tick, Math.min(tickMs, Math.max(1, limitMs - awake)));
  };
  function tick() {
    const now = performance.now();
    awake += Math.min(now - ticked, tickMs);
    ticked = now;
    if (awake < limitMs && now - began < limitMs * WALL_FACTOR) return schedule();
    const whose = awake < limitMs ? "ours" : "theirs";
    // Sockets are read between timers and immediates: an answer that was waiting for us comes first.
    setImmediate(() => {
      if (!over) onLate(whose);
    });
  }
  schedule();
  return () => {
    over = true;
    clearTimeout(timer);
  };
}
