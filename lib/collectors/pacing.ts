/**
 * At least this long between two pictures drawn of answers, in ms. In a leader change a dozen come within a tenth of a second; to draw
 * each would hold up the news itself.
 */
export const DRAW_APART_MS = 50;

/**
 * What the DCS has just told is on its way to screens, and Patroni may be in the middle of a promotion: the questions that news raises are
 * put once there was no more of it for so long, in ms …
 */
export const QUIET_MS = 100;
/** … and this long after the first at the latest. */
export const QUIET_AT_MOST_MS = 300;

export type Drawing = {
  /** Draws in this very turn. */
  now(): void;
  /** Draws right after this turn, for what was pushed to us: what came in one go is one picture. */
  next(): void;
  /** Draws with whatever else arrives meanwhile: for what was asked. */
  soon(): void;
  stop(): void;
};

/** Calls `draw` for many small changes, seldom enough that drawing is not what the process does. */
export function paceDrawing(draw: () => void): Drawing {
  let last = Number.NEGATIVE_INFINITY;
  /** Takes back the picture that is to be drawn; null while none is. */
  let cancel: (() => void) | null = null;
  let stopped = false;

  function now() {
    cancel?.();
    cancel = null;
    if (stopped) return;
    draw();
    last = performance.now();
  }
  return {
    now,
    next() {
      if (stopped) return;
      cancel?.();
      cancel = afterThisTurn(now);
    },
    soon() {
      if (cancel || stopped) return;
      const ms = last + DRAW_APART_MS - performance.now();
      // Many answers of one turn are one picture, also where none was drawn for long.
      cancel = ms > 0 ? after(now, ms) : afterThisTurn(now);
    },
    stop() {
      stopped = true;
      cancel?.();
    },
  };
}

function after(act: () => void, ms: number): () => void {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
}

function afterThisTurn(act: () => void): () => void {
  const immediate = setImmediate(act);
  return () => clearImmediate(immediate);
}

/** Calls `act` once after a run of calls: `QUIET_MS` after the last of them, `QUIET_AT_MOST_MS` after the first at the latest. */
export function afterQuiet(act: () => void): { (): void; stop(): void } {
  let timer: NodeJS.Timeout | null = null;
  let first = 0;
  const call = () => {
    const now = performance.now();
    if (timer) clearTimeout(timer);
    else first = now;
    timer = setTimeout(
      () => {
        timer = null;
        act();
      },
      Math.max(0, Math.min(QUIET_MS, first + QUIET_AT_MOST_MS - now)),
    );
  };
  call.stop = () => {
    if (timer) clearTimeout(timer);
    timer = null;
  };
  return call;
}
