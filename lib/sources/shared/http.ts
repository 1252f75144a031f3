import type { Socket } from "node:net";
import { buildConnector, Client, type Dispatcher } from "undici";
import type { Secret, TlsConfig } from "@/lib/config/types";
import { ok, type Result, type SourceFailure } from "@/lib/domain/observation";
import { failureOf, failureText, unconnected } from "./failure";
import { patience } from "./patience";

export type HttpGetOptions = {
  /** Absolute `http:` or `https:` address; credentials inside it are dropped, give them separately. */
  readonly url: string;
  readonly username?: string | null | undefined;
  readonly password?: Secret | null | undefined;
  readonly tls?: TlsConfig | null | undefined;
  /**
   * Accept a certificate made out to another name than the one asked for; the chain is still checked. For a VIP, where
   * the answer itself says which host it is.
   */
  readonly anyServerName?: boolean | undefined;
  /** Over connecting, sending, headers and body together, of our own waking time: see `patience`. */
  readonly timeoutMs: number;
  /** Of connecting alone, where an answer is awaited for much longer; `timeoutMs` without it. */
  readonly connectTimeoutMs?: number | undefined;
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
};

export type HttpSendOptions = HttpGetOptions & {
  readonly method: "POST" | "PATCH" | "DELETE";
  /** Goes with a Content-Length, never chunked, which Patroni refuses. Null: none at all. */
  readonly body: { readonly type: string; readonly text: string } | null;
};

/** What is known of a request that acts. Whatever was handed to a connection may have been acted upon, answered or not. */
export type HttpSent =
  /** `whole` is false where the connection broke within the body. */
  | { readonly kind: "answered"; readonly answer: HttpAnswer; readonly whole: boolean }
  /** Certain: no connection was made, so nothing was written. */
  | { readonly kind: "not-sent"; readonly failure: SourceFailure }
  | { readonly kind: "unanswered"; readonly failure: SourceFailure };

export type HttpAnswer = {
  readonly status: number;
  /** Names in lower case; a repeated header is joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** UTF-8. May be cut short without notice where the server sends no Content-Length (Patroni does not). */
  readonly body: string;
  readonly tookMs: number;
};

/**
 * One GET on a connection of its own: connect, send at once, read, close. No keep-alive, because idle connections
 * starve Patroni's REST workers (3.3.9, 4.0.8, 4.1.1 and later have five); no retry, no redirect.
 *
 * Every HTTP status is an answer. Failures: `timeout`, `aborted`, `too-large`, `refused`, `unreachable`, `reset`, `dns`, `tls`,
 * `failed`. Never throws.
 */
export async function httpGet(options: HttpGetOptions): Promise<Result<HttpAnswer>> {
  const sent = await request({ ...options, method: "GET", body: null });
  if (sent.kind !== "answered") return { ok: false, failure: sent.failure };
  return sent.broken === null ? ok(sent.answer) : { ok: false, failure: sent.broken };
}

/**
 * One request that acts, on a connection of its own and sent once: no retry, no redirect, no keep-alive. Never throws. A body
 * that breaks off, as after a refusal that did not wait for ours, leaves the status standing and is told by `whole`.
 */
export async function httpSend(options: HttpSendOptions): Promise<HttpSent> {
  const sent = await request(options);
  return sent.kind === "answered" ? { kind: "answered", answer: sent.answer, whole: sent.broken === null } : sent;
}

type Options = Omit<HttpSendOptions, "method"> & { readonly method: "GET" | HttpSendOptions["method"] };
type Asked =
  | { readonly kind: "answered"; readonly answer: HttpAnswer; readonly broken: SourceFailure | null }
  | { readonly kind: "not-sent" | "unanswered"; readonly failure: SourceFailure };

async function request(options: Options): Promise<Asked> {
  const url = parseUrl(options.url);
  if (!url) return { kind: "not-sent", failure: { kind: "failed", text: "not an http or https address" } };
  if (options.signal?.aborted) return { kind: "not-sent", failure: failureText("aborted") };
  const limit = limitOf(options);
  const started = performance.now();
  const seen = { reached: false, connected: false };
  let client: Client | null = null;
  try {
    client = new Client(url.origin, clientOptions(options, url, limit.cut, seen));
    // undici heeds the signal only once it is connected, so the limit is also raced against.
    const { broken, ...answer } = await Promise.race([exchange(client, url, options, limit.signal), limit.reached]);
    return { kind: "answered", answer: { ...answer, tookMs: performance.now() - started }, broken };
  } catch (error) {
    const cut = limit.cut();
    const late = cut === "timeout" && !seen.reached;
    const failure = late ? unconnected(options.timeoutMs) : cut ? failureText(cut) : failureOf(error);
    return { kind: seen.connected ? "unanswered" : "not-sent", failure };
  } finally {
    limit.clear();
    // Not awaited: a socket that is still connecting is left to its own (equal) time limit.
    void client?.destroy().catch(() => undefined);
  }
}

async function exchange(client: Client, url: URL, options: Options, signal: AbortSignal) {
  const { method, body, maxBytes } = options;
  const path = url.pathname + url.search;
  const sent = { method, path, headers: headersOf(options), body: body?.text ?? null, reset: true, signal };
  const answer = await client.request(sent);
  const chunks: Buffer[] = [];
  const broken = await readBody(answer.body, maxBytes, chunks).catch((error: unknown) => failureOf(error));
  const text = Buffer.concat(chunks).toString("utf8");
  return { status: answer.statusCode, headers: flat(answer.headers), body: text, broken };
}

function parseUrl(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === "http:" || url.protocol === "https:" ? url : null;
}

/** One controller for the clock and the caller; listeners are taken off again, as the caller's signal lives for days. */
function limitOf({ timeoutMs, signal }: Pick<HttpGetOptions, "timeoutMs" | "signal">) {
  const controller = new AbortController();
  let reason: "timeout" | "aborted" | null = null;
  let reject: (cause: Error) => void = () => undefined;
  const reached = new Promise<never>((_, no) => {
    reject = no;
  });
  reached.catch(() => undefined);
  const stop = (why: "timeout" | "aborted") => {
    reason ??= why;
    controller.abort();
    reject(new Error(why));
  };
  const clear = patience(timeoutMs, () => stop("timeout"));
  const onAbort = () => stop("aborted");
  signal?.addEventListener("abort", onAbort, { once: true });
  return {
    signal: controller.signal,
    reached,
    cut: () => reason,
    clear: () => {
      clear();
      signal?.removeEventListener("abort", onAbort);
    },
  };
}

function clientOptions(
  options: Options,
  url: URL,
  cut: () => unknown,
  seen: { reached: boolean; connected: boolean },
): Client.Options {
  const { tls, timeoutMs, connectTimeoutMs, anyServerName } = options;
  const secure = url.protocol === "https:";
  const connector = buildConnector({
    timeout: Math.min(timeoutMs, connectTimeoutMs ?? timeoutMs),
    ...(secure && anyServerName ? { checkServerIdentity: () => undefined } : {}),
    ...(secure && tls?.ca ? { ca: tls.ca } : {}),
    ...(secure && tls?.cert ? { cert: tls.cert } : {}),
    ...(secure && tls?.key ? { key: tls.key.reveal() } : {}),
    ...(secure && tls?.insecure ? { rejectUnauthorized: false } : {}),
  });
  return {
    pipelining: 0,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect(target, callback) {
      // The connector returns its socket, which its typing leaves out. `connect` comes before any TLS: the host is there.
      const socket = connector(target, (...outcome) => {
        const [, connected] = outcome;
        if (connected && cut()) {
          // Given up while it connected: what was to be sent must not leave now.
          connected.destroy();
          return callback(new Error("given up"), null);
        }
        // On an error undici leaves the socket out, whatever its types say.
        seen.connected ||= Boolean(connected);
        return callback(...outcome);
      }) as unknown as Socket | undefined;
      socket?.once("connect", () => {
        seen.reached = true;
      });
    },
  };
}

function headersOf({ username, password, headers, body }: Options): Record<string, string> {
  const all: Record<string, string> = { accept: "*/*", ...(body ? { "content-type": body.type } : {}), ...headers };
  if (username) {
    const pair = `${username}:${password?.reveal() ?? ""}`;
    all.authorization = `Basic ${Buffer.from(pair, "utf8").toString("base64")}`;
  }
  return all;
}

/** Fills `chunks`; what would go over the limit is not kept, and told. */
async function readBody(
  body: Dispatcher.ResponseData["body"],
  maxBytes: number,
  chunks: Buffer[],
): Promise<SourceFailure | null> {
  let size = 0;
  for await (const chunk of body) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > maxBytes) return failureText("too-large", `limit ${maxBytes} bytes`);
    chunks.push(bytes);
  }
  return null;
}

function flat(headers: Dispatcher.ResponseData["headers"]): Record<string, string> {
  const all: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) all[name.toLowerCase()] = Array.isArray(value) ? value.join(", ") : value;
  }
  return all;
}
