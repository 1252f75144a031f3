import { describe, expect, test } from "vitest";
import { know } from "@/lib/domain/observation";
import { healthyState, NOW } from "@/lib/domain/testing/builders";
import type { Beat } from "./beat";
import { askAgain, asOf } from "./look-again";

const beat = (once: () => Promise<void>): Beat => ({
  wake: () => undefined,
  setFast: () => undefined,
  once,
  stop: () => undefined,
});
const never = () => new Promise<void>(() => undefined);

describe("everything is asked again", () => {
  test("and waited for, no longer than the slowest answer", async () => {
    const started = performance.now();
    expect(await askAgain(Promise.resolve(), [beat(() => Promise.resolve())], 3_000)).toBe(true);
    expect(performance.now() - started).toBeLessThan(500);
  });

  test("a hung target does not delay past the time that is given", async () => {
    const started = performance.now();
    expect(await askAgain(Promise.resolve(), [beat(never), beat(() => Promise.resolve())], 50)).toBe(true);
    expect(performance.now() - started).toBeLessThan(500);
  });

  test("a DCS that was not read in time is not proven", async () => {
    expect(await askAgain(never(), [], 20)).toBe(false);
  });
});

describe("what was not answered since", () => {
  const seen = healthyState({ now: NOW });

  test("is stale at once, however young", () => {
    const state = asOf(seen, NOW + 500, NOW + 600, false);
    expect(know(state.postgres.node1, NOW + 600)).toMatchObject({ state: "stale", failure: { kind: "unreachable" } });
    expect(know(state.patroni.node2, NOW + 600).state).toBe("stale");
    expect(know(state.haproxy.node3, NOW + 600).state).toBe("stale");
    expect(know(state.dcs, NOW + 600).state).toBe("stale");
  });

  test("while what was answered is as fresh as it is", () => {
    const state = asOf(seen, NOW - 500, NOW, true);
    expect(know(state.postgres.node1, NOW).state).toBe("fresh");
    expect(know(state.dcs, NOW).state).toBe("fresh");
  });

  test("a view of the DCS that only an event renewed is not proven", () => {
    expect(know(asOf(seen, NOW - 500, NOW, false).dcs, NOW).state).toBe("stale");
  });

  test("a look that began before and ended after does not count", () => {
    const look = seen.patroni.node1;
    if (!look?.good) throw new Error("not seen");
    const slow = { ...seen, patroni: { node1: { ...look, good: { ...look.good, at: NOW, tookMs: 900 } } } };
    expect(know(asOf(slow, NOW - 500, NOW, true).patroni.node1, NOW).state).toBe("stale");
  });

  test("a failure that says more is kept", () => {
    const look = seen.postgres.node1;
    if (!look) throw new Error("not seen");
    const refused = { ...look, last: { at: NOW, tookMs: 1, failure: { kind: "refused", text: "no" } as const } };
    const state = asOf({ ...seen, postgres: { node1: refused } }, NOW + 500, NOW + 600, true);
    expect(state.postgres.node1?.last?.failure).toEqual({ kind: "refused", text: "no" });
  });
});
