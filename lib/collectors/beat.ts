import type { EpochMs } from "@/lib/domain/ids";
import { type FailureKind, fail, type Observation, type Result, type SourceKind } from "@/lib/domain/observation";

export type BeatOptions<T> = {
  readonly source: SourceKind;
  readonly target: string;
  readonly intervalMs: number;
  /** The longest that one look may take before it is given up, whatever the adapter does. */
  readonly giveUpMs: number;
  readonly look: (signal: AbortSignal) => Promise<Result<T>>;
  readonly onSeen: (seen: Observation<T>) => void;
};

export type Beat = {
  /** Looks again at once; a look under way is followed by another, because it may have begun before the news. */
  wake(): void;
  /** On the fast beat a target is looked at several times a second, until the picture is steady. */
  setFast(fast: boolean): void;
  /**
   * Resolves when a look that began after this call has ended, well or not; for a person who waits, so even a target that refuses us is
   * asked. A source that tells nothing an action rests on resolves at once. Also resolves when the beat is stopped.
   */
  once(): Promise<void>;
  stop(): void;
};

/** Pause between two looks on the fast beat, in ms. */
export const FAST_MS = 250;
/** However often a target fails, it is asked again within this time: its return is news too. */
export const BACKOFF_CAP_MS = 5_000;
/** Twenty dashboards started together must not ask together. */
const JITTER = 0.1;

/** Failures that asking again does not mend; asking often fills the other side's log and may lock an account. */
const REFUSALS: ReadonlySet<FailureKind> = new Set([
  "unauthorized",
  "forbidden",
  "insufficient-privilege",
  "tls",
  "wrong-identity",
  "unsupported",
]);

/**
 * Pause before the next look after `failures` failed ones in a row, in ms, without jitter. A quick beat slows down to the cap; a slow one
 * first asks again after the cap, then ever later until its own pace: what is asked once a minute must not be missed for one.
 */
export function pauseMs(intervalMs: number, failures: number, fast: boolean): number {
  const patience = 2 ** Math.min(failures, 6);
  const slow =
    failures === 0
      ? intervalMs
      : intervalMs > BACKOFF_CAP_MS
        ? Math.min(intervalMs, (BACKOFF_CAP_MS * patience) / 2)
        : Math.min(intervalMs * patience, BACKOFF_CAP_MS);
  return fast ? Math.min(FAST_MS, slow) : slow;
}

/** Looks at one target for ever, one look at a time. A hung target delays nobody else: each has a beat of its own. */
export function startBeat<T>(options: BeatOptions<T>): Beat {
  const stopping = new AbortController();
  let fast = false;
  let woken = false;
  let failures = 0;
  let refused = false;
  let interrupt: (() => void) | null = null;
  let waiting: (() => void)[] = [];

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(done, ms);
      function done() {
        clearTimeout(timer);
        interrupt = null;
        resolve();
      }
      interrupt = done;
    });

  async function run() {
    while (!stopping.signal.aborted) {
      woken = false;
      const served = waiting;
      waiting = [];
      const seen = await observe(options, stopping.signal);
      if (stopping.signal.aborted) return settle(served);
      failures = seen.result.ok ? 0 : failures + 1;
      options.onSeen(seen);
      settle(served);
      refused = !seen.result.ok && REFUSALS.has(seen.result.failure.kind);
      const usual = pauseMs(options.intervalMs, failures, fast && !refused);
      const ms = refused ? Math.max(usual, options.intervalMs) : usual;
      if (waiting.length > 0) continue;
      if (refused || !woken) await pause(ms * (1 + JITTER * (2 * Math.random() - 1)));
    }
  }
  void run();

  return {
    wake() {
      woken = true;
      if (!refused) interrupt?.();
    },
    setFast(next) {
      if (next && !fast && !refused) interrupt?.();
      fast = next;
    },
    once: () =>
      new Promise((resolve) => {
        if (stopping.signal.aborted) return resolve();
        waiting.push(resolve);
        interrupt?.();
      }),
    stop() {
      stopping.abort();
      interrupt?.();
      settle(waiting);
      waiting = [];
    },
  };
}

function settle(waiting: readonly (() => void)[]) {
  for (const done of waiting) done();
}

async function observe<T>(options: BeatOptions<T>, stopped: AbortSignal): Promise<Observation<T>> {
  const startedAt = performance.now();
  const limit = new AbortController();
  const stop = () => limit.abort();
  stopped.addEventListener("abort", stop, { once: true });
  let timer: NodeJS.Timeout | undefined;
  const givenUp = new Promise<Result<T>>((resolve) => {
    timer = setTimeout(() => {
      limit.abort();
      resolve(fail("timeout", `no answer within ${options.giveUpMs} ms`));
    }, options.giveUpMs);
  });
  try {
    const result = await Promise.race([options.look(limit.signal), givenUp]);
    return seenNow(options, startedAt, result);
  } catch (error) {
    // An adapter must not throw; if one does, that is its failure and not the end of the beat.
    return seenNow(options, startedAt, fail("failed", error instanceof Error ? error.message : String(error)));
  } finally {
    clearTimeout(timer);
    stopped.removeEventListener("abort", stop);
  }
}

function seenNow<T>(options: BeatOptions<T>, startedAt: number, result: Result<T>): Observation<T> {
  const observedAt: EpochMs = Date.now();
  return {
    source: options.source,
    target: options.target,
    observedAt,
    tookMs: Math.round((performance.now() - startedAt) * 10) / 10,
    result,
  };
}
