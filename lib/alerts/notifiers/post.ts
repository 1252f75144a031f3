import type { Secret } from "@/lib/config/types";
import { type HttpAnswer, httpSend } from "@/lib/sources/shared/http";
import { scrub } from "./scrub";
import type { SendResult } from "./types";

const ANSWER_MAX_BYTES = 64 * 1024;
const RETRY_AFTER_MAX_MS = 3_600_000;
/** Answers below 500 that another attempt may change. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429]);

export type Failed = Extract<SendResult, { kind: "failed" }>;
export type Posted = { readonly kind: "accepted"; readonly answer: HttpAnswer } | Failed;

export type PostOptions = {
  readonly url: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly username?: string | null;
  readonly password?: Secret | null;
  /** Taken out of whatever the receiver says. */
  readonly secrets: readonly string[];
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** What a receiver says in the body of a refusal; without it, its words are the body itself. */
  readonly readRefusal?: (body: string) => { readonly words: string | null; readonly retryAfterMs: number | null };
};

/**
 * Posts JSON once, on a connection of its own. Any 2xx is accepted; redirects are not followed. What was sent and not answered is
 * retried: told twice is better than not told.
 */
export async function postJson(options: PostOptions): Promise<Posted> {
  const { url, body, headers, username, password, secrets, timeoutMs, signal } = options;
  const sent = await httpSend({
    url,
    method: "POST",
    body: { type: "application/json", text: body },
    headers: { accept: "application/json", "user-agent": "Matriarch", ...headers },
    username,
    password,
    timeoutMs,
    signal,
    maxBytes: ANSWER_MAX_BYTES,
  });
  if (sent.kind !== "answered") return { kind: "failed", text: scrub(sent.failure.text, secrets), retry: true };
  const { answer } = sent;
  if (answer.status >= 200 && answer.status < 300) return { kind: "accepted", answer };
  return refusal(answer, options);
}

function refusal(answer: HttpAnswer, { secrets, readRefusal }: PostOptions): Failed {
  const { status, headers, body } = answer;
  const redirect = status >= 300 && status < 400;
  const said = readRefusal?.(body) ?? { words: null, retryAfterMs: null };
  const words = redirect ? "redirects are not followed" : scrub(said.words ?? body, secrets);
  const text = words === "" ? `HTTP ${status}` : `HTTP ${status}: ${words}`;
  const retry = status >= 500 || PASSING.has(status);
  const asked = said.retryAfterMs ?? parseRetryAfterMs(headers["retry-after"], Date.now());
  const retryAfterMs = retry && asked !== null ? Math.min(asked, RETRY_AFTER_MAX_MS) : null;
  return { kind: "failed", text, retry, ...(retryAfterMs === null ? {} : { retryAfterMs }) };
}

/** `Retry-After` in seconds or as a date; null where it says nothing that can be read. */
export function parseRetryAfterMs(header: string | undefined, nowMs: number): number | null {
  const text = header?.trim() ?? "";
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - nowMs;
  return Number.isFinite(ms) ? Math.max(ms, 0) : null;
}
