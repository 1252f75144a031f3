import type { Socket } from "node:net";
import { buildConnector, Client, type Dispatcher } from "undici";
import type { Secret, TlsConfig } from "@/lib/config/types";
import { fail, ok, type Result } from "@/lib/domain/observation";
import { failureOf, failureText, unconnected } from "./failure";

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
  /** Hard limit over connecting, sending, headers and body together. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
};

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
  const url = parseUrl(options.url);
  if (!url) return fail("failed", "not an http or https address");
  if (options.signal?.aborted) return { ok: false, failure: failureText("aborted") };
  const limit = limitOf(options);
  const started = performance.now();
  let client: Client | null = null;
  let reached = false;
  try {
    client = new Client(
      url.origin,
      clientOptions(options, url, () => {
        reached = true;
      }),
    );
    // undici heeds the signal only once it is connected, so the limit is also raced against.
    const answer = await Promise.race([exchange(client, url, options, limit.signal), limit.reached]);
    if (answer.body === null)
      return { ok: false, failure: failureText("too-large", `limit ${options.maxBytes} bytes`) };
    return ok({ ...answer, body: answer.body, tookMs: performance.now() - started });
  } catch (error) {
    const cut = limit.cut();
    if (cut === "timeout" && !reached) return { ok: false, failure: unconnected(options.timeoutMs) };
    return { ok: false, failure: cut ? failureText(cut) : failureOf(error) };
  } finally {
    limit.clear();
    // Not awaited: a socket that is still connecting is left to its own (equal) time limit.
    void client?.destroy().catch(() => undefined);
  }
}

async function exchange(client: Client, url: URL, options: HttpGetOptions, signal: AbortSignal) {
  const path = url.pathname + url.search;
  const answer = await client.request({ method: "GET", path, headers: headersOf(options), reset: true, signal });
  const body = await readBody(answer.body, options.maxBytes);
  return { status: answer.statusCode, headers: flat(answer.headers), body };
}

function parseUrl(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === "http:" || url.protocol === "https:" ? url : null;
}

/** One controller for the clock and the caller; listeners are taken off again, as the caller's signal lives for days. */
function limitOf({ timeoutMs, signal }: HttpGetOptions) {
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
  const timer = setTimeout(() => stop("timeout"), timeoutMs);
  const onAbort = () => stop("aborted");
  signal?.addEventListener("abort", onAbort, { once: true });
  return {
    signal: controller.signal,
    reached,
    cut: () => reason,
    clear: () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    },
  };
}

function clientOptions(options: HttpGetOptions, url: URL, onReached: () => void): Client.Options {
  const { tls, timeoutMs, anyServerName } = options;
  const secure = url.protocol === "https:";
  const connector = buildConnector({
    timeout: timeoutMs,
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
      const socket = connector(target, callback) as unknown as Socket | undefined;
      socket?.once("connect", onReached);
    },
  };
}

function headersOf({ username, password, headers }: HttpGetOptions): Record<string, string> {
  const all: Record<string, string> = { accept: "*/*", ...headers };
  if (username) {
    const pair = `${username}:${password?.reveal() ?? ""}`;
    all.authorization = `Basic ${Buffer.from(pair, "utf8").toString("base64")}`;
  }
  return all;
}

/** Null when the body is longer than `maxBytes`; what was over the limit is not kept. */
async function readBody(body: Dispatcher.ResponseData["body"], maxBytes: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > maxBytes) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function flat(headers: Dispatcher.ResponseData["headers"]): Record<string, string> {
  const all: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) all[name.toLowerCase()] = Array.isArray(value) ? value.join(", ") : value;
  }
  return all;
}
