import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Lateness, patience } from "./patience";

describe("patience", () => {
  let now = 0;
  beforeEach(() => {
    now = 0;
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setImmediate", "clearImmediate"] });
    vi.spyOn(performance, "now").mockImplementation(() => now);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  /** Time passes and timers fire when they are due. */
  function run(ms: number) {
    for (let passed = 0; passed < ms; passed += 1) {
      now += 1;
      vi.advanceTimersByTime(1);
    }
  }
  /** Time passes, and nothing of ours runs; after it what is overdue fires. */
  function stall(ms: number) {
    now += ms;
    vi.advanceTimersToNextTimer();
  }
  function begun(limitMs: number) {
    const told: { whose: Lateness; at: number }[] = [];
    const clear = patience(limitMs, (whose) => told.push({ whose, at: now }));
    return { told, clear };
  }

  test("while we run, the time is up after the limit and it is theirs", () => {
    const { told } = begun(1_000);
    run(990);
    expect(told).toEqual([]);
    run(30);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ whose: "theirs" });
  });

  test("what we slept through is not counted", () => {
    const { told } = begun(1_000);
    run(300);
    stall(600);
    run(400);
    expect(told).toEqual([]);
    run(300);
    expect(told).toMatchObject([{ whose: "theirs" }]);
    expect(told[0]?.at).toBeGreaterThan(1_450);
  });

  test("many small stalls add up like a long one", () => {
    const { told } = begun(1_000);
    for (let i = 0; i < 9; i += 1) {
      run(50);
      stall(120);
    }
    expect(told).toEqual([]);
  });

  test("a process that hardly runs gives up after twice the limit and blames nobody", () => {
    const { told } = begun(1_000);
    stall(1_500);
    expect(told).toEqual([]);
    stall(600);
    run(1);
    expect(told).toMatchObject([{ whose: "ours" }]);
  });

  test("one long stop gives what had arrived the time to be read, and blames nobody", () => {
    const { told, clear } = begun(1_000);
    now += 5_000;
    vi.advanceTimersToNextTimer();
    // The overdue tick has run; the answer that lay in the socket is read before the immediate.
    clear();
    run(50);
    expect(told).toEqual([]);
  });

  test("what was cleared never fires", () => {
    const { told, clear } = begun(100);
    run(50);
    clear();
    run(500);
    expect(told).toEqual([]);
  });

  test("the shortest limits end too", () => {
    const { told } = begun(1);
    run(5);
    expect(told).toHaveLength(1);
  });
});
