import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ok, type Result } from "@/lib/domain/observation";
import { bounded } from "./bounded";
import { failureText } from "./failure";

const LIMIT_MS = 1_000;
const late = () => failureText("timeout", "its own words");

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setImmediate", "clearImmediate", "performance"] });
});
afterEach(() => vi.useRealTimers());

/** Work that ends when it is told to, and tells whether it was cut. */
function begin(signal?: AbortSignal) {
  let finish: (result: Result<string>) => void = () => undefined;
  const cuts: AbortSignal[] = [];
  const work = (cut: AbortSignal) => {
    cuts.push(cut);
    return new Promise<Result<string>>((resolve) => {
      finish = resolve;
    });
  };
  const running = bounded(work, { timeoutMs: LIMIT_MS, late, signal });
  return { running, cuts, finish: (result: Result<string>) => finish(result) };
}

test("work that ends in time gives its own result, and is not cut afterwards", async () => {
  const { running, cuts, finish } = begin();
  finish(ok("done"));
  expect(await running.answer).toEqual(ok("done"));
  await vi.advanceTimersByTimeAsync(LIMIT_MS * 3);
  expect(cuts[0]?.aborted).toBe(false);
});

test("when the time is up the work is cut, the caller's words tell why, and what it still answers is dropped", async () => {
  const { running, cuts, finish } = begin();
  await vi.advanceTimersByTimeAsync(LIMIT_MS * 1.5);
  expect(cuts[0]?.aborted).toBe(true);
  finish(ok("too late"));
  expect(await running.answer).toEqual({ ok: false, failure: late() });
});

test("whoever gives up, the caller's signal or the holder, cuts the work and is told `aborted`", async () => {
  const givenUp = { ok: false, failure: { kind: "aborted" } };
  const caller = new AbortController();
  const bySignal = begin(caller.signal);
  caller.abort();
  expect(await bySignal.running.answer).toMatchObject(givenUp);
  expect(bySignal.cuts[0]?.aborted).toBe(true);

  const byHolder = begin();
  byHolder.running.abort();
  expect(await byHolder.running.answer).toMatchObject(givenUp);
  expect(byHolder.cuts[0]?.aborted).toBe(true);
});

test("whoever had given up before gets no work begun", async () => {
  const { running, cuts } = begin(AbortSignal.abort());
  expect(await running.answer).toMatchObject({ ok: false, failure: { kind: "aborted" } });
  expect(cuts).toEqual([]);
});
