import { SILENCE_MS } from "@/lib/contract/stream";
import type { EpochMs } from "@/lib/domain/ids";

/** How the browser stands with the server. */
export type LinkPhase = "connecting" | "live" | "silent" | "polling" | "disconnected" | "unauthorized";

export type Link = {
  readonly phase: LinkPhase;
  /** When anything at all was last heard from the server, by the browser's clock. */
  readonly heardAt: EpochMs;
  /** Attempts to connect that failed in a row. */
  readonly failures: number;
  /** HTTP status that the stream's address answered when asked why it failed; null: no answer. */
  readonly status: number | null;
};

export type LinkEvent =
  | { readonly type: "frame"; readonly at: EpochMs }
  | { readonly type: "polled"; readonly at: EpochMs }
  | { readonly type: "tick"; readonly at: EpochMs }
  | { readonly type: "opening" }
  | { readonly type: "failed"; readonly status: number | null };

/** The longest wait is short: a dashboard that came back should be believed again within seconds. */
const RETRY_MS = [500, 1_000, 2_000] as const;
/** A stream that said nothing for this long is taken for half-open and opened anew. */
export const REOPEN_AFTER_MS = 2 * SILENCE_MS;
/** So long a stream may take to bring its first frame: an attempt made while the network was away can hang for minutes. */
export const FIRST_FRAME_MS = 8_000;

export const initialLink = (at: EpochMs): Link => ({ phase: "connecting", heardAt: at, failures: 0, status: null });

/** The connection's state machine. Pure: returns the same object when nothing changed. */
export function linkAfter(link: Link, event: LinkEvent): Link {
  if (link.phase === "unauthorized") return link;
  switch (event.type) {
    case "frame":
      return { phase: "live", heardAt: event.at, failures: 0, status: null };
    case "polled":
      return { phase: "polling", heardAt: event.at, failures: 0, status: null };
    case "tick":
      return link.phase === "live" && isSilent(link, event.at) ? { ...link, phase: "silent" } : link;
    case "opening":
      return link.phase === "connecting" ? link : { ...link, phase: "disconnected" };
    case "failed":
      return {
        ...link,
        phase: event.status === 401 ? "unauthorized" : "disconnected",
        failures: link.failures + 1,
        status: event.status,
      };
  }
}

/** True when nothing was heard for longer than the contract allows: everything on the page is then stale. */
export const isSilent = (link: Link, at: EpochMs): boolean => at - link.heardAt > SILENCE_MS;

/** How long to wait before the next attempt, in ms. */
export function retryDelay(failures: number): number {
  return RETRY_MS[Math.min(Math.max(failures, 1), RETRY_MS.length) - 1] ?? 2_000;
}
