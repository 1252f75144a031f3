import { describe, expect, test, vi } from "vitest";
import { fail, type Observation, ok } from "@/lib/domain/observation";
import { BACKOFF_CAP_MS, FAST_MS, pauseMs, startBeat } from "./beat";

describe("pause between looks", () => {
  test.each([
    { name: "a good answer keeps the configured beat", args: [2_000, 0, false], want: 2_000 },
    { name: "failures double the pause", args: [1_000, 2, false], want: 4_000 },
    { name: "the pause never passes the cap", args: [2_000, 30, false], want: BACKOFF_CAP_MS },
    { name: "a beat slower than the cap asks again after the cap", args: [60_000, 1, false], want: BACKOFF_CAP_MS },
    { name: "then ever later", args: [60_000, 3, false], want: 4 * BACKOFF_CAP_MS },
    { name: "until its own pace", args: [60_000, 30, false], want: 60_000 },
    { name: "the fast beat holds while failing too", args: [2_000, 3, true], want: FAST_MS },
    { name: "the fast beat never slows a faster one", args: [100, 0, true], want: 100 },
  ] as const)("$name", ({ args: [intervalMs, failures, fast], want }) => {
    expect(pauseMs(intervalMs, failures, fast)).toBe(want);
  });
});

function collect(
  look: (signal: AbortSignal) => Promise<ReturnType<typeof ok<number>> | ReturnType<typeof fail>>,
  giveUpMs = 1_000,
) {
  const seen: Observation<number>[] = [];
  const beat = startBeat<number>({
    source: "patroni",
    target: "node1",
    intervalMs: 60_000,
    giveUpMs,
    look: look as never,
    onSeen: (one) => seen.push(one),
  });
  return { seen, beat };
}

describe("beat", () => {
  test("the first look is made at once", async () => {
    const { seen, beat } = collect(async () => ok(1));
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    beat.stop();
  });

  test("a look that never ends is given up, its signal aborted, and reported as a time-out", async () => {
    let aborted = false;
    const { seen, beat } = collect(
      (signal) =>
        new Promise(() => {
          signal.addEventListener("abort", () => {
            aborted = true;
          });
        }),
      30,
    );
    await vi.waitFor(() => expect(seen[0]?.result).toMatchObject({ ok: false, failure: { kind: "timeout" } }));
    expect(aborted).toBe(true);
    beat.stop();
  });

  test("a throwing adapter is a failure, not the end of the beat", async () => {
    let calls = 0;
    const { seen, beat } = collect(async () => {
      calls += 1;
      if (calls === 1) throw new Error("boom");
      return ok(2);
    });
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    expect(seen[0]?.result).toMatchObject({ ok: false, failure: { kind: "failed", text: "boom" } });
    beat.wake();
    await vi.waitFor(() => expect(seen[1]?.result).toEqual(ok(2)));
    beat.stop();
  });

  test("news during a look brings another look after it, never two at once", async () => {
    let under = 0;
    let most = 0;
    const { seen, beat } = collect(async () => {
      under += 1;
      most = Math.max(most, under);
      await new Promise((resolve) => setTimeout(resolve, 20));
      under -= 1;
      return ok(1);
    });
    beat.wake();
    beat.wake();
    await vi.waitFor(() => expect(seen.length).toBeGreaterThanOrEqual(2));
    expect(most).toBe(1);
    beat.stop();
  });

  test("after stop nothing is reported", async () => {
    const { seen, beat } = collect(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return ok(1);
    });
    beat.stop();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(seen).toHaveLength(0);
  });

  test("a refusal keeps the slow beat, whatever the news: asking again does not mend a password", async () => {
    const { seen, beat } = collect(async () => fail("unauthorized", "no"));
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    beat.setFast(true);
    beat.wake();
    await new Promise((resolve) => setTimeout(resolve, 2 * FAST_MS));
    expect(seen).toHaveLength(1);
    beat.stop();
  });

  test("`once` waits for a look that began after it, not for the one under way", async () => {
    let ended = 0;
    let release: (() => void) | null = null;
    const { beat } = collect(async () => {
      if (ended === 0) {
        await new Promise<void>((resolve) => {
          release = resolve;
        });
      }
      ended += 1;
      return ok(ended);
    });
    await vi.waitFor(() => expect(release).not.toBeNull());
    const asked = beat.once().then(() => ended);
    (release as (() => void) | null)?.();
    expect(await asked).toBe(2);
    beat.stop();
  });

  test("`once` asks even a target that refuses us, and is over when the beat is stopped", async () => {
    let looks = 0;
    const { beat } = collect(async () => {
      looks += 1;
      return fail("unauthorized", "no");
    });
    await vi.waitFor(() => expect(looks).toBe(1));
    await beat.once();
    expect(looks).toBe(2);
    beat.stop();
    await beat.once();
  });
});
