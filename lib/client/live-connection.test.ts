import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { StreamEvent } from "@/lib/contract/stream";
import type { Link } from "./link";
import { type FrameSource, parseFrame, runConnection } from "./live-connection";

const HEARTBEAT: StreamEvent = { type: "heartbeat", boot: "b", now: "2026-11-21T03:00:00.000Z" as never };

function rig(status: number | null) {
  const opened: { emit: (type: string, data?: string) => void; closed: boolean }[] = [];
  const links: Link[] = [];
  const events: StreamEvent[] = [];
  const open = (): FrameSource => {
    const listeners = new Map<string, (event: { data?: unknown }) => void>();
    const entry = { emit: (type: string, data?: string) => listeners.get(type)?.({ data }), closed: false };
    opened.push(entry);
    return {
      addEventListener: (type, listener) => listeners.set(type, listener),
      close: () => {
        entry.closed = true;
      },
    };
  };
  const probe = vi.fn(async () => status);
  const poll = vi.fn(async () => undefined);
  let wake = () => {};
  const parts = {
    onWake: (listener: () => void) => {
      wake = listener;
      return () => {
        wake = () => {};
      };
    },
    probe,
    poll,
    onEvent: (event: StreamEvent) => events.push(event),
    onLink: (link: Link) => links.push(link),
    now: () => Date.now(),
  };
  return {
    opened,
    links,
    events,
    probe,
    poll,
    wake: () => wake(),
    start: (streams = true) => runConnection({ ...parts, open: streams ? open : null }),
  };
}

describe("the tab's only stream", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("hands on a frame's data before it says live", () => {
    const { opened, links, events, start } = rig(200);
    const stop = start();
    opened[0]?.emit("heartbeat", JSON.stringify(HEARTBEAT));
    expect(events).toEqual([HEARTBEAT]);
    expect(links.at(-1)?.phase).toBe("live");
    stop();
  });

  it("asks once why it failed, then opens again after the delay", async () => {
    const { opened, links, probe, start } = rig(503);
    const stop = start();
    opened[0]?.emit("error");
    await vi.advanceTimersByTimeAsync(0);
    expect(probe).toHaveBeenCalledTimes(1);
    expect(links.at(-1)).toMatchObject({ phase: "disconnected", status: 503 });
    expect(opened).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(500);
    expect(opened).toHaveLength(2);
    stop();
  });

  it("opens again at once when the server answers again, and with a delay when that did not help", async () => {
    const { opened, start } = rig(200);
    const stop = start();
    opened[0]?.emit("error");
    await vi.advanceTimersByTimeAsync(1);
    expect(opened).toHaveLength(2);
    opened[1]?.emit("error");
    await vi.advanceTimersByTimeAsync(400);
    expect(opened).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(opened).toHaveLength(3);
    stop();
  });

  it("does not try again when the session is over", async () => {
    const { opened, links, start } = rig(401);
    const stop = start();
    opened[0]?.emit("error");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(links.at(-1)?.phase).toBe("unauthorized");
    expect(opened).toHaveLength(1);
    stop();
  });

  it("takes a long silence for a dead connection and opens a new one, once a while and not once a second", async () => {
    const { opened, links, start } = rig(200);
    const stop = start();
    opened[0]?.emit("heartbeat", JSON.stringify(HEARTBEAT));
    await vi.advanceTimersByTimeAsync(12_000);
    expect(links.at(-1)?.phase).toBe("silent");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(opened).toHaveLength(2);
    expect(opened[0]?.closed).toBe(true);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(opened).toHaveLength(3);
    stop();
  });

  it("gives up an attempt that brings nothing, sooner than a stream that was alive", async () => {
    const { opened, start } = rig(200);
    const stop = start();
    await vi.advanceTimersByTimeAsync(7_000);
    expect(opened).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(opened).toHaveLength(2);
    expect(opened[0]?.closed).toBe(true);
    stop();
  });

  it("tries at once when the network is there again, and leaves a living stream alone", async () => {
    const { opened, start, wake } = rig(null);
    const stop = start();
    opened[0]?.emit("heartbeat", JSON.stringify(HEARTBEAT));
    wake();
    await vi.advanceTimersByTimeAsync(100);
    expect(opened).toHaveLength(1);
    opened[0]?.emit("error");
    await vi.advanceTimersByTimeAsync(0);
    wake();
    await vi.advanceTimersByTimeAsync(100);
    expect(opened).toHaveLength(2);
    stop();
    wake();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(opened).toHaveLength(2);
  });

  it("polls where the browser has no event streams", async () => {
    const { poll, links, start } = rig(200);
    const stop = start(false);
    await vi.advanceTimersByTimeAsync(4_100);
    expect(poll.mock.calls.length).toBeGreaterThanOrEqual(3);
    expect(links.at(-1)?.phase).toBe("polling");
    stop();
  });

  it("is still once stopped", async () => {
    const { opened, start } = rig(503);
    const stop = start();
    opened[0]?.emit("error");
    stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(opened).toHaveLength(1);
    expect(opened[0]?.closed).toBe(true);
  });

  it.each(["", "{", "null", "[]", '{"type":"other"}', "12"])("drops what is no frame of ours: %s", (text) => {
    expect(parseFrame(text)).toBeNull();
  });
});
