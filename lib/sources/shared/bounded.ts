import type { Result, SourceFailure } from "@/lib/domain/observation";
import { failureText, starved } from "./failure";
import { patience } from "./patience";

export type Running<T> = { readonly answer: Promise<Result<T>>; readonly abort: () => void };

/**
 * Settles with `work`'s result, or without waiting for it: with `late()` when `timeoutMs` of our own waking time are over (see
 * `patience`), with the failure `starved` when we slept through them, with `aborted` when `signal` or `abort` say so. What `work`
 * does is cut by its signal then, and what it still answers is dropped. `work` must not reject; `answer` does not either.
 */
export function bounded<T>(
  work: (cut: AbortSignal) => Promise<Result<T>>,
  { timeoutMs, late, signal }: { timeoutMs: number; late: () => SourceFailure; signal: AbortSignal | undefined },
): Running<T> {
  if (signal?.aborted) return { answer: Promise.resolve(aborted()), abort: () => undefined };
  const cut = new AbortController();
  let stop: (failure: SourceFailure) => void = () => undefined;
  const stopped = new Promise<Result<T>>((resolve) => {
    stop = (failure) => {
      resolve({ ok: false, failure });
      cut.abort();
    };
  });
  const abort = () => stop(failureText("aborted"));
  const clear = patience(timeoutMs, (whose) => stop(whose === "theirs" ? late() : starved()));
  signal?.addEventListener("abort", abort, { once: true });
  const answer = Promise.race([stopped, work(cut.signal)]).finally(() => {
    clear();
    signal?.removeEventListener("abort", abort);
  });
  return { answer, abort };
}

const aborted = (): Result<never> => ({ ok: false, failure: failureText("aborted") });
