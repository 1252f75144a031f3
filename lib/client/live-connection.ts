import type { StreamEvent } from "@/lib/contract/stream";
import { FIRST_FRAME_MS, initialLink, type Link, type LinkEvent, linkAfter, REOPEN_AFTER_MS, retryDelay } from "./link";

const FRAMES = ["snapshot", "patch", "heartbeat", "message"] as const;
const POLL_MS = 2_000;
const TICK_MS = 1_000;

/** The part of the browser's `EventSource` that we use. */
export type FrameSource = {
  addEventListener(type: string, listener: (event: { readonly data?: unknown }) => void): void;
  close(): void;
};

export type ConnectionParts = {
  /** Null where the browser has no event streams: then `poll` is called instead. */
  readonly open: (() => FrameSource) | null;
  /** Asks the stream's address once why it failed: the HTTP status, null without an answer. */
  readonly probe: () => Promise<number | null>;
  /** Fetches everything once by GET. */
  readonly poll: () => Promise<void>;
  readonly onEvent: (event: StreamEvent) => void;
  readonly onLink: (link: Link) => void;
  readonly now: () => number;
  /** Calls back when the network seems to be there again; the result ends that. */
  readonly onWake?: (wake: () => void) => () => void;
};

/** Runs the tab's only event stream: opens, watches for silence, reopens with back-off. Call the result to stop. */
export function runConnection(parts: ConnectionParts): () => void {
  let link = initialLink(parts.now());
  let source: FrameSource | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let openedAt = parts.now();
  let heard = false;

  const step = (event: LinkEvent) => {
    const next = linkAfter(link, event);
    const changed = next.phase !== link.phase || next.failures !== link.failures || next.heardAt !== link.heardAt;
    link = next;
    if (changed) parts.onLink(next);
  };
  const close = () => {
    source?.close();
    source = null;
  };
  const later = (run: () => void, ms: number) => {
    clearTimeout(retry);
    retry = setTimeout(run, ms);
  };

  const fail = async (opened: FrameSource) => {
    // A late error of a stream that was given up already says nothing about the present one.
    if (source !== opened || stopped) return;
    close();
    const before = link.status;
    const status = await parts.probe();
    if (stopped || source !== null) return;
    step({ type: "failed", status });
    // It answers again: there is nothing to wait for, unless it said so before and the stream failed nevertheless.
    const delay = status === 200 && before !== 200 ? 0 : retryDelay(link.failures);
    if (link.phase !== "unauthorized") later(connect, delay);
  };

  const connect = () => {
    close();
    if (stopped) return;
    if (!parts.open) {
      void poll();
      return;
    }
    step({ type: "opening" });
    const opened = parts.open();
    source = opened;
    openedAt = parts.now();
    heard = false;
    for (const name of FRAMES) opened.addEventListener(name, (event) => take(opened, event.data));
    opened.addEventListener("error", () => void fail(opened));
  };

  const take = (from: FrameSource, data: unknown) => {
    if (from !== source || typeof data !== "string") return;
    const event = parseFrame(data);
    if (!event) return;
    heard = true;
    // The data first: who sees "live" must see live data with it.
    parts.onEvent(event);
    step({ type: "frame", at: parts.now() });
  };

  const poll = async () => {
    try {
      await parts.poll();
      step({ type: "polled", at: parts.now() });
    } catch {
      step({ type: "failed", status: await parts.probe() });
    }
    if (!stopped && link.phase !== "unauthorized") later(() => void poll(), POLL_MS);
  };

  const tick = () => {
    const at = parts.now();
    step({ type: "tick", at });
    if (!source) return;
    if (heard ? at - link.heardAt > REOPEN_AFTER_MS : at - openedAt > FIRST_FRAME_MS) connect();
  };
  const wake = () => {
    if (parts.open && (link.phase === "silent" || link.phase === "disconnected")) later(connect, 0);
  };
  const timer = setInterval(tick, TICK_MS);
  const unwake = parts.onWake?.(wake);
  connect();
  return () => {
    stopped = true;
    unwake?.();
    clearInterval(timer);
    clearTimeout(retry);
    close();
  };
}

/** A frame's JSON; null for anything that is not one of ours. */
export function parseFrame(data: string): StreamEvent | null {
  try {
    const value: unknown = JSON.parse(data);
    const type = typeof value === "object" && value !== null ? (value as { type?: unknown }).type : undefined;
    return type === "snapshot" || type === "patch" || type === "heartbeat" ? (value as StreamEvent) : null;
  } catch {
    return null;
  }
}
