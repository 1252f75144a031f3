import { fail, type Result, type SourceFailure } from "@/lib/domain/observation";

/** An endpoint that has not answered for this long is joined by the next one; it may still win. */
const HEDGE_MS = 700;

type Attempt<T> = (endpoint: string, signal: AbortSignal) => Promise<Result<T>>;

/**
 * Tries endpoints in order and takes the first that succeeds: the next is started as soon as one fails, or is slow to
 * answer, so that dead and frozen members cost little. The losers are aborted, and `discard` gets what they bring late.
 * When all fail, the failure that says most is returned: `no-quorum` is about the cluster, the rest about one member.
 */
export function firstAnswer<T>(
  endpoints: readonly string[],
  attempt: Attempt<T>,
  discard: (late: T) => void,
  signal: AbortSignal,
): Promise<Result<T>> {
  if (endpoints.length === 0) return Promise.resolve(fail("failed", "no endpoint is configured"));
  return new Promise((resolve) => {
    const others = new AbortController();
    const abort = () => others.abort();
    signal.addEventListener("abort", abort, { once: true });
    const failures: SourceFailure[] = [];
    const waiting = [...endpoints];
    let running = 0;
    let done = false;
    let hedge: NodeJS.Timeout | undefined;

    const finish = (result: Result<T>) => {
      done = true;
      clearTimeout(hedge);
      signal.removeEventListener("abort", abort);
      others.abort();
      resolve(result);
    };
    const settle = (result: Result<T>) => {
      running -= 1;
      if (done) {
        if (result.ok) discard(result.value);
      } else if (result.ok) finish(result);
      else {
        failures.push(result.failure);
        if (waiting.length > 0 && !signal.aborted) launch();
        else if (running === 0) finish({ ok: false, failure: weightiest(failures) });
      }
    };
    const launch = () => {
      clearTimeout(hedge);
      const endpoint = waiting.shift();
      if (done || endpoint === undefined) return;
      running += 1;
      if (waiting.length > 0) hedge = setTimeout(launch, HEDGE_MS);
      void attempt(endpoint, others.signal).then(settle);
    };
    launch();
  });
}

/** What to report when every endpoint failed, each for a reason of its own. */
export function weightiest(failures: readonly SourceFailure[]): SourceFailure {
  const byWeight = ["no-quorum", "unauthorized", "forbidden", "tls", "unsupported"] as const;
  for (const kind of byWeight) {
    const found = failures.find((failure) => failure.kind === kind);
    if (found) return found;
  }
  const said = failures.find(({ kind }) => kind !== "aborted") ?? failures[0];
  return said ?? { kind: "failed", text: "failed" };
}
