/** Lets `ms` pass; only for the pause between two looks at a condition, never in place of one. */
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export type UntilOptions = {
  readonly deadlineMs: number;
  /** What is waited for, in words; it becomes the error's message. */
  readonly what: string;
  readonly everyMs?: number;
  /** What was seen last, for the error's message. */
  readonly seen?: () => unknown;
};

/** Asks until the answer is not `undefined`; throws at the deadline, naming what was waited for and what was seen last. */
export async function until<T>(
  ask: () => Promise<T | undefined> | T | undefined,
  { deadlineMs, what, everyMs = 50, seen }: UntilOptions,
): Promise<T> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() >= end) {
      const last = seen ? `; last seen: ${JSON.stringify(seen(), null, 1)}` : "";
      throw new Error(`${what}: not within ${deadlineMs / 1000} s${last}`);
    }
    await pause(everyMs);
  }
}
