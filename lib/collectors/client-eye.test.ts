import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Secret } from "@/lib/config/types";
import type { ClientAnswer } from "@/lib/domain/client-eye/outcome";
import type { ClusterState } from "@/lib/domain/cluster-state";
import type { WriteGap } from "@/lib/domain/events/event";
import { type FailureKind, fail, ok, type Result } from "@/lib/domain/observation";
import { healthyState } from "@/lib/domain/testing/builders";
import { finds } from "@/lib/domain/testing/client-eye";
import { FAILING_PACE_MS, inFlightMax, startClientEye } from "./client-eye";
import { tellGaps } from "./client-eye-gaps";
import type { Desk } from "./desk";

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 10, 21) }));
afterEach(() => void vi.useRealTimers());

type Found = ClientAnswer | FailureKind | "hangs";
const TIMEOUT_MS = 1_000;

/** An eye that meets what `found` says now, on a desk that remembers. */
function open(initial: Found) {
  const known = healthyState({ clientEye: true, now: Date.now() });
  let state: ClusterState = {
    ...known,
    clientEye: known.clientEye && { ...known.clientEye, memory: { ...known.clientEye.memory, last: null, inRow: 0 } },
  };
  let found: Found = initial;
  let [begun, open, most, drawn, hurried] = [0, 0, 0, 0, 0];
  const told: WriteGap[] = [];
  const look = async (): Promise<Result<ClientAnswer>> => {
    begun += 1;
    open += 1;
    most = Math.max(most, open);
    const mine = found;
    await new Promise((resolve) => setTimeout(resolve, mine === "hangs" ? TIMEOUT_MS : 3));
    open -= 1;
    if (mine === "hangs") return fail("timeout", "");
    return typeof mine === "string" ? fail(mine, "") : ok(mine);
  };
  const desk = {
    config: {
      clientEye: {
        host: "10.0.0.200",
        port: 7000,
        user: "probe",
        password: new Secret("x"),
        database: "postgres",
        sslmode: "prefer",
        ca: null,
        intervalMs: 250,
        timeoutMs: TIMEOUT_MS,
      },
    },
    state: () => state,
    seeClientEye(next: NonNullable<ClusterState["clientEye"]>, draw: boolean) {
      state = { ...state, clientEye: next };
      drawn += draw ? 1 : 0;
    },
    hurry: () => {
      hurried += 1;
    },
  } as unknown as Desk;
  const [beat] = startClientEye(
    desk,
    { look },
    tellGaps((gap) => told.push(gap)),
  );
  return {
    stop: () => beat?.stop(),
    meet(next: Found) {
      found = next;
    },
    told,
    counts: () => ({ begun, most, drawn, hurried }),
    memory: () => state.clientEye?.memory,
    async during(ms: number) {
      const before = { begun, drawn };
      await vi.advanceTimersByTimeAsync(ms);
      return { begun: begun - before.begun, drawn: drawn - before.drawn };
    },
  };
}

describe("the client's eye", () => {
  test("looks four times a second and lets nothing be drawn while all is well", async () => {
    const eye = open(finds(0));
    await eye.during(1_000);
    const { begun, drawn } = await eye.during(10_000);
    expect(begun).toBe(40);
    expect(drawn).toBe(0);
    eye.stop();
  });

  test("begins a look though the one before hangs, and never has too many open", async () => {
    const eye = open(finds(0));
    await eye.during(1_000);
    eye.meet("hangs");
    expect((await eye.during(1_000)).begun).toBe(4);
    await eye.during(10_000);
    expect(eye.counts().most).toBeLessThanOrEqual(inFlightMax(TIMEOUT_MS));
    expect(eye.memory()?.finding).toBe("failing");
    eye.stop();
  });

  test("looks more often while clients cannot write, so that the end of a gap is well known", async () => {
    const eye = open(finds(0));
    await eye.during(1_000);
    eye.meet("refused");
    await eye.during(500);
    expect((await eye.during(1_000)).begun).toBe(1_000 / FAILING_PACE_MS);
    eye.meet(finds(1));
    await eye.during(FAILING_PACE_MS + 10);
    expect(eye.memory()?.finding).toBe("writable");
    eye.stop();
  });

  test("asks ever more rarely where its login is refused", async () => {
    const eye = open("unauthorized");
    await eye.during(60_000);
    const { begun } = await eye.during(60_000);
    expect(begun).toBeLessThanOrEqual(4);
    expect(eye.told).toEqual([]);
    eye.stop();
  });

  test("lets the picture be drawn when something else is found, and wakes the others once", async () => {
    const eye = open(finds(0));
    await eye.during(1_000);
    eye.meet("reset");
    expect((await eye.during(5_000)).drawn).toBe(2);
    expect(eye.counts().hurried).toBe(1);
    eye.meet(finds(1));
    expect((await eye.during(3_000)).drawn).toBeGreaterThanOrEqual(1);
    eye.stop();
  });

  test("tells a gap when it begins, at most each second while it lasts, and when it ends, under one beginning", async () => {
    const eye = open(finds(0));
    await eye.during(1_000);
    eye.meet("refused");
    await eye.during(3_000);
    expect(eye.told.length).toBeGreaterThanOrEqual(3);
    expect(eye.told.length).toBeLessThanOrEqual(4);
    expect(eye.told.every((gap) => gap.endedAt === null)).toBe(true);
    eye.meet(finds(1));
    await eye.during(5_000);
    const last = eye.told.at(-1);
    expect(new Set(eye.told.map((gap) => gap.startedAt)).size).toBe(1);
    expect(last).toMatchObject({ from: "node1", to: "node2", failures: { refused: last?.attempts } });
    expect(eye.told.filter((gap) => gap.endedAt !== null)).toHaveLength(1);
    eye.stop();
  });

  test("is silent after it was stopped", async () => {
    const eye = open(finds(0));
    await eye.during(600);
    eye.stop();
    expect(await eye.during(5_000)).toEqual({ begun: 0, drawn: 0 });
  });

  test("is not there where it is not configured", () => {
    const desk = { config: { clientEye: null } } as unknown as Desk;
    expect(startClientEye(desk)).toEqual([]);
  });
});
