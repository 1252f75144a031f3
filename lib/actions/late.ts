import type { Stored } from "@/lib/db/types";

/** Pause between two tries to write what could not be written, in ms. */
const RETRY_MS = 1_000;
/** A store that answers and refuses is not mended by asking for ever. */
const REFUSALS_MAX = 5;

type Work = {
  readonly key: string;
  readonly run: () => Promise<Stored<unknown>>;
  refusals: number;
  readonly settled: ((written: boolean) => void)[];
};

/** Writes what must be written although the store may fail just now: in order, again and again, from memory until then. */
export type Late = {
  /** True once it is written; false when it was given up. What waits under the same key is replaced by what is newer. */
  write(key: string, run: () => Promise<Stored<unknown>>): Promise<boolean>;
  /** Tries everything once more, at most `withinMs`, and gives up. */
  close(withinMs: number): Promise<void>;
};

export function createLate(): Late {
  const queue: Work[] = [];
  let running = false;
  let closed = false;
  let wake: (() => void) | null = null;

  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(done, RETRY_MS);
      timer.unref();
      function done() {
        clearTimeout(timer);
        wake = null;
        resolve();
      }
      wake = done;
    });

  async function drain() {
    if (running) return;
    running = true;
    while (queue[0]) {
      const work = queue[0];
      const stored = await attempt(work.run);
      if (!stored.ok && stored.failure.kind === "failed") work.refusals += 1;
      const over = stored.ok || closed || work.refusals >= REFUSALS_MAX;
      if (!over) {
        await pause();
        continue;
      }
      if (!stored.ok) console.error(`The record of an action was given up: ${stored.failure.text}`);
      const at = queue.indexOf(work);
      if (at >= 0) queue.splice(at, 1);
      for (const settle of work.settled) settle(stored.ok);
    }
    running = false;
  }

  return {
    write: (key, run) =>
      new Promise((resolve) => {
        // The one at the head may be under way: what is newer comes after it.
        const at = queue.findIndex((work, i) => i > 0 && work.key === key);
        const older = at < 0 ? undefined : queue[at];
        const work: Work = { key, run, refusals: 0, settled: [...(older?.settled ?? []), resolve] };
        if (at < 0) queue.push(work);
        else queue[at] = work;
        void drain();
      }),
    async close(withinMs) {
      closed = true;
      wake?.();
      const deadline = Date.now() + withinMs;
      while (queue.length > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
    },
  };
}

async function attempt(run: Work["run"]): Promise<Stored<unknown>> {
  try {
    return await run();
  } catch (error) {
    return { ok: false, failure: { kind: "failed", text: error instanceof Error ? error.message : String(error) } };
  }
}
