import { describe, expect, test } from "vitest";
import { createThrottle, LIMITS } from "./throttle";

const NOW = 1_000_000;

function failing(times: number, address = (_index: number) => "10.0.0.9") {
  const throttle = createThrottle();
  for (let index = 0; index < times; index += 1) throttle.failed("dba", address(index), NOW);
  return throttle;
}

describe("login throttling", () => {
  test.each([
    [0, 0],
    [2, 0],
    [3, 1_000],
    [4, 2_000],
    [6, 8_000],
    [20, LIMITS.delayMaxMs],
    [1_000, LIMITS.delayMaxMs],
  ])("after %i failures the wait is %i ms", (failures, waitMs) => {
    expect(failing(failures).waitMs("dba", "10.0.0.9", NOW)).toBe(waitMs);
  });

  test("the wait passes with time, and failures are forgotten after a quiet while", () => {
    const throttle = failing(5);
    expect(throttle.waitMs("dba", "10.0.0.9", NOW + 3_000)).toBe(1_000);
    expect(throttle.waitMs("dba", "10.0.0.9", NOW + 4_000)).toBe(0);
    throttle.failed("dba", "10.0.0.9", NOW + LIMITS.forgetMs + 1);
    expect(throttle.waitMs("dba", "10.0.0.9", NOW + LIMITS.forgetMs + 1)).toBe(0);
  });

  test("another user and another address do not wait", () => {
    const throttle = failing(10);
    expect(throttle.waitMs("other", "10.0.0.9", NOW)).toBe(0);
    expect(throttle.waitMs("dba", "10.0.0.8", NOW)).toBe(0);
  });

  test("a guesser with ever new addresses waits all the same", () => {
    const throttle = failing(40, (index) => `10.1.0.${index}`);
    expect(throttle.waitMs("dba", "10.2.0.1", NOW)).toBeGreaterThan(0);
  });

  test("that guesser does not lock out an address from which the user signed in before", () => {
    const throttle = createThrottle();
    throttle.succeeded("dba", "10.0.0.5");
    for (let index = 0; index < 40; index += 1) throttle.failed("dba", `10.1.0.${index}`, NOW);
    expect(throttle.waitMs("dba", "10.0.0.5", NOW)).toBe(0);
  });

  test("a success clears the address's failures", () => {
    const throttle = failing(3);
    throttle.succeeded("dba", "10.0.0.9");
    expect(throttle.waitMs("dba", "10.0.0.9", NOW)).toBe(0);
  });

  test("memory is bounded however many users are tried", () => {
    const throttle = createThrottle({ ...LIMITS, entriesMax: 100 });
    for (let index = 0; index < 5_000; index += 1) {
      throttle.failed(`user${index}`, "a", NOW);
      throttle.succeeded(`user${index}`, "b");
    }
    expect(throttle.size()).toBeLessThanOrEqual(200);
  });
});
