import type { AlertsConfig } from "@/lib/config/types";
import { type EpochMs, instant } from "@/lib/domain/ids";
import type { DeadManStatus } from "./types";

/** Somebody else notices when this dashboard falls silent: it pings an address while all is well with itself, and only then. */
export type DeadMan = { status(): DeadManStatus; close(): void };

export type DeadManParts = {
  readonly config: NonNullable<AlertsConfig["deadMan"]>;
  /** Why this dashboard is not fit to say that it is alive, in a few words; null: it is. */
  readonly unfit: () => Promise<string | null>;
  readonly now?: () => EpochMs;
  readonly fetch?: typeof fetch;
};

const TIMEOUT_MAX_MS = 10_000;

export function startDeadMan({ config, unfit, now = Date.now, fetch: get = fetch }: DeadManParts): DeadMan {
  const { url, everyMs } = config;
  let lastOkAt: EpochMs | null = null;
  let error: string | null = null;
  let under = false;
  const closing = new AbortController();

  async function ping(): Promise<void> {
    if (under) return;
    under = true;
    error = (await unfit()) ?? (await pinged());
    if (error === null) lastOkAt = now();
    under = false;
  }

  /** Null when it was heard. The address is a secret, so no other word of the failure is kept than its kind. */
  async function pinged(): Promise<string | null> {
    const limit = AbortSignal.timeout(Math.min(everyMs, TIMEOUT_MAX_MS));
    try {
      const signal = AbortSignal.any([limit, closing.signal]);
      const answer = await get(url.reveal(), { signal, redirect: "follow" });
      await answer.body?.cancel();
      return answer.ok ? null : `HTTP ${answer.status}`;
    } catch (thrown) {
      if (limit.aborted) return "no answer in time";
      const cause = thrown instanceof Error ? (thrown.cause as { code?: unknown } | undefined) : undefined;
      return typeof cause?.code === "string" ? cause.code : "not reachable";
    }
  }

  const timer = setInterval(() => void ping(), everyMs);
  timer.unref();
  // Not at once: a dashboard that dies at every start must not look alive.
  return {
    status: () => ({ everyMs, lastOkAt: lastOkAt === null ? null : instant(lastOkAt), error }),
    close() {
      clearInterval(timer);
      closing.abort();
    },
  };
}
