import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { HEARTBEAT_MS, type StreamEvent } from "@/lib/contract/stream";
import type { ClusterState } from "@/lib/domain/cluster-state";
import { clusterScope } from "@/lib/domain/ids";
import type { Snapshot } from "@/lib/domain/snapshot";
import { createLive } from "./live";

const scope = clusterScope("demo");
const picture = (title: string) => ({ scope, title }) as unknown as Omit<Snapshot, "version">;
const state = {} as ClusterState;
const types = (events: readonly StreamEvent[]) => events.map((event) => event.type);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("live store", () => {
  test("a subscriber gets the whole picture first, then only what changed", () => {
    const live = createLive("boot", [scope]);
    live.publish(scope, state, picture("one"), "now");
    const seen: StreamEvent[] = [];
    live.subscribe([scope], (event) => seen.push(event));
    live.publish(scope, state, picture("two"), "now");
    expect(seen[0]).toMatchObject({ type: "snapshot", snapshot: { version: 1, title: "one" } });
    expect(seen.at(-1)).toMatchObject({ type: "patch", base: 1, version: 2, set: { title: "two" } });
    live.close();
  });

  test("news goes out at once, mere refreshes together", () => {
    const live = createLive("boot", [scope]);
    live.publish(scope, state, picture("one"), "now");
    const seen: StreamEvent[] = [];
    live.subscribe([scope], (event) => seen.push(event));
    seen.length = 0;
    live.publish(scope, state, picture("two"), "later");
    live.publish(scope, state, picture("three"), "later");
    expect(seen).toEqual([]);
    vi.advanceTimersByTime(2_000);
    expect(seen).toMatchObject([{ type: "patch", version: 2, set: { title: "three" } }]);
    live.close();
  });

  test("what follows at the heels of news goes out together, sooner than a mere refresh", () => {
    const live = createLive("boot", [scope]);
    live.publish(scope, state, picture("one"), "now");
    const seen: StreamEvent[] = [];
    live.subscribe([scope], (event) => seen.push(event));
    seen.length = 0;
    live.publish(scope, state, picture("two"), "later");
    live.publish(scope, state, picture("three"), "soon");
    live.publish(scope, state, picture("four"), "soon");
    vi.advanceTimersByTime(200);
    expect(seen).toMatchObject([{ type: "patch", version: 2, set: { title: "four" } }]);
    live.close();
  });

  test("news carries what was waiting, and nothing is sent twice", () => {
    const live = createLive("boot", [scope]);
    live.publish(scope, state, picture("one"), "now");
    const seen: StreamEvent[] = [];
    live.subscribe([scope], (event) => seen.push(event));
    seen.length = 0;
    live.publish(scope, state, picture("two"), "later");
    live.publish(scope, state, picture("three"), "now");
    vi.advanceTimersByTime(2_000);
    expect(seen).toHaveLength(1);
    live.close();
  });

  test("however often it is asked for, a picture is the one that was sent last, and nobody is sent more", () => {
    const live = createLive("boot", [scope]);
    live.publish(scope, state, picture("one"), "now");
    const seen: StreamEvent[] = [];
    live.subscribe([scope], (event) => seen.push(event));
    seen.length = 0;
    live.publish(scope, state, picture("two"), "later");
    expect(live.snapshot(scope)).toMatchObject({ title: "one", version: 1 });
    expect(seen).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(live.snapshot(scope)).toMatchObject({ title: "two", version: 2 });
    expect(seen).toHaveLength(1);
    live.close();
  });

  test("heartbeats go on while nothing changes", () => {
    const live = createLive("boot", [scope]);
    const seen: StreamEvent[] = [];
    live.subscribe([scope], (event) => seen.push(event));
    vi.advanceTimersByTime(HEARTBEAT_MS * 3);
    expect(types(seen)).toEqual(["heartbeat", "heartbeat", "heartbeat", "heartbeat"]);
    live.close();
  });

  test("a subscriber that throws is dropped and harms nobody", () => {
    const live = createLive("boot", [scope]);
    const seen: StreamEvent[] = [];
    let thrown = 0;
    live.subscribe([scope], () => {
      thrown += 1;
      if (thrown > 1) throw new Error("gone");
    });
    live.subscribe([scope], (event) => seen.push(event));
    live.publish(scope, state, picture("one"), "now");
    live.publish(scope, state, picture("two"), "now");
    expect(types(seen)).toEqual(["heartbeat", "snapshot", "patch"]);
    expect(thrown).toBe(2);
    live.close();
  });

  test("other clusters' news is not sent to who did not ask", () => {
    const other = clusterScope("other");
    const live = createLive("boot", [scope, other]);
    const seen: StreamEvent[] = [];
    live.subscribe([other], (event) => seen.push(event));
    live.publish(scope, state, picture("one"), "now");
    expect(types(seen)).toEqual(["heartbeat"]);
    live.close();
  });

  test("an unknown scope is null, and closing tells who holds a stream", () => {
    const live = createLive("boot", [scope]);
    let closed = false;
    live.onClose(() => {
      closed = true;
    });
    expect(live.snapshot("nobody")).toBeNull();
    live.close();
    expect(closed).toBe(true);
  });
});
