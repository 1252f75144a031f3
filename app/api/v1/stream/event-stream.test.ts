import { describe, expect, test, vi } from "vitest";
import type { StreamEvent } from "@/lib/contract/stream";
import { instant } from "@/lib/domain/ids";
import type { Live } from "@/lib/live/types";
import { BACKLOG_MAX_BYTES, eventStream } from "./event-stream";

const HEARTBEAT: StreamEvent = { type: "heartbeat", boot: "b", now: instant(0) };

function fakeLive() {
  let listener: ((event: StreamEvent) => void) | null = null;
  const closers = new Set<() => void>();
  const unsubscribed = vi.fn(() => {
    listener = null;
  });
  const live = {
    subscribe(_scopes: readonly string[], next: (event: StreamEvent) => void) {
      listener = next;
      next(HEARTBEAT);
      return unsubscribed;
    },
    onClose(callback: () => void) {
      closers.add(callback);
      return () => closers.delete(callback);
    },
  } as unknown as Live;
  return { live, unsubscribed, closers, emit: (event: StreamEvent) => listener?.(event) };
}

async function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  let text = "";
  for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) text += new TextDecoder().decode(chunk);
  return text;
}

describe("the event stream", () => {
  test("begins with the pause before a reconnect, then events with name, id and JSON", async () => {
    const { live, emit, closers } = fakeLive();
    const stream = eventStream(live, ["demo"], { signal: new AbortController().signal, endsAtMs: null });
    emit({ type: "patch", boot: "b", now: instant(0), scope: "demo" as never, version: 8, base: 7, set: {} });
    for (const close of closers) close();
    const frames = (await textOf(stream)).split("\n\n");
    expect(frames[0]).toBe("retry: 1000");
    expect(frames[1]).toBe(`event: heartbeat\ndata: ${JSON.stringify(HEARTBEAT)}`);
    expect(frames[2]).toMatch(/^id: b:8\nevent: patch\ndata: \{.*\}$/);
  });

  test.each(["abort", "cancel", "server"] as const)("unsubscribes once when it ends by %s", async (by) => {
    const { live, unsubscribed, closers } = fakeLive();
    const leave = new AbortController();
    const stream = eventStream(live, ["demo"], { signal: leave.signal, endsAtMs: null });
    if (by === "abort") leave.abort();
    if (by === "cancel") await stream.cancel();
    if (by === "server") for (const close of [...closers]) close();
    leave.abort();
    expect(unsubscribed).toHaveBeenCalledTimes(1);
    expect(closers.size).toBe(0);
  });

  test("a client that does not read is cut off before its backlog grows without end", async () => {
    const { live, emit, unsubscribed } = fakeLive();
    const stream = eventStream(live, ["demo"], { signal: new AbortController().signal, endsAtMs: null });
    const big = { ...HEARTBEAT, now: "x".repeat(BACKLOG_MAX_BYTES / 4) as never };
    for (let sent = 0; sent < 10; sent += 1) emit(big);
    expect(unsubscribed).toHaveBeenCalledTimes(1);
    await expect(textOf(stream)).rejects.toThrow("too slowly");
  });

  test("ends with the session, at the next heartbeat", async () => {
    const { live, emit, unsubscribed } = fakeLive();
    let now = 1_000;
    const stream = eventStream(live, [], { signal: new AbortController().signal, endsAtMs: 2_000, clock: () => now });
    emit(HEARTBEAT);
    expect(unsubscribed).not.toHaveBeenCalled();
    now = 2_000;
    emit(HEARTBEAT);
    expect(unsubscribed).toHaveBeenCalledTimes(1);
    expect((await textOf(stream)).match(/event: heartbeat/g)).toHaveLength(2);
  });

  test("ends before the next frame once the viewer may look no longer", async () => {
    const { live, emit, unsubscribed } = fakeLive();
    let holds = true;
    const stream = eventStream(live, [], {
      signal: new AbortController().signal,
      endsAtMs: null,
      holds: () => holds,
    });
    emit(HEARTBEAT);
    holds = false;
    emit({ type: "patch", boot: "b", now: instant(0), scope: "demo" as never, version: 8, base: 7, set: {} });
    expect(unsubscribed).toHaveBeenCalledTimes(1);
    const text = await textOf(stream);
    expect(text.match(/event: heartbeat/g)).toHaveLength(2);
    expect(text).not.toContain("event: patch");
  });

  test("a client that is already gone is never subscribed", async () => {
    const { live, closers } = fakeLive();
    const leave = new AbortController();
    leave.abort();
    expect(await textOf(eventStream(live, [], { signal: leave.signal, endsAtMs: null }))).toBe("");
    expect(closers.size).toBe(0);
  });
});
