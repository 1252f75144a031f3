import type { Call } from "@/lib/domain/actions/call";
import type { CallAnswer } from "@/lib/domain/actions/operation";
import { ok, type Result } from "@/lib/domain/observation";
import { type Answering, answering } from "@/lib/sources/shared/call-answer";
import { failureText } from "@/lib/sources/shared/failure";
import { httpGet, httpSend } from "@/lib/sources/shared/http";
import { csvUrl, getHaproxyFacts, type HaproxyLookOptions } from "./client";
import { askRuntime, runtimeLevel } from "./runtime";

export type HaproxyCall = Extract<Call, { readonly system: "haproxy" }>;
export type HaproxyActOptions = HaproxyLookOptions & {
  /** `host:port` of the runtime API; null: the statistics page's form. */
  readonly runtime: string | null;
};

const PAGE_BYTES_MAX = 8 * 1024 * 1024;
/** What HAProxy itself allows in the name of a proxy or a server (`invalid_char`): nothing that could end a command. */
const PLAIN_NAME = /^[A-Za-z0-9_.:-]+$/;

/** What the page says of a form that was sent to it (`src/http_ana.c`, 2.4 to 3.x); it answers 303 to all of them. */
const FORM_CODES: Readonly<Record<string, readonly [CallAnswer["kind"], string]>> = {
  DONE: ["done", "DONE: action processed"],
  PART: ["unknown", "PART: action partially processed"],
  NONE: ["refused", "NONE: nothing has changed"],
  ERRP: ["refused", "ERRP: action not processed because of invalid parameters"],
  EXCD: ["refused", "EXCD: action not processed, the request is too large"],
  DENY: ["refused", "DENY: action not allowed: the page has no `stats admin` for us"],
  IVAL: ["refused", "IVAL: invalid requests"],
  UNKN: ["unknown", "UNKN: unexpected result"],
};

/**
 * Sets one server of one HAProxy process to ready, drain or maint, once, after it has shown that it has such a server. `done` says that
 * HAProxy took it, also where nothing changed. Lives until that HAProxy is reloaded. Never throws, never retries.
 */
export async function setHaproxyServer(call: HaproxyCall, options: HaproxyActOptions): Promise<CallAnswer> {
  const { pool, server, state } = call;
  const command = `set server ${pool}/${server} state ${state}`;
  const page = csvUrl(options.stats).replace(/;.*$/, "");
  const answer = answering(`${command} at ${options.runtime ?? page}`);
  if (!PLAIN_NAME.test(pool) || !PLAIN_NAME.test(server)) return answer("not-sent", "not a name of HAProxy's");
  const wrong = await unfit(call, options);
  if (wrong !== null) return answer("not-sent", wrong);
  return options.runtime === null
    ? byForm(call, page, options, answer)
    : byRuntime(options.runtime, command, options, answer);
}

/** An address that moved to another HAProxy is found out by its servers; null where ours is there. */
async function unfit({ pool, server }: HaproxyCall, options: HaproxyActOptions): Promise<string | null> {
  const facts = await getHaproxyFacts(options);
  if (!facts.ok) return `before the call: ${facts.failure.text}`;
  const found = facts.value.pools.find(({ name }) => name === pool);
  if (!found) return `before the call: this HAProxy has no pool ${pool}`;
  return found.servers.some(({ name }) => name === server) ? null : `before the call: pool ${pool} has no ${server}`;
}

async function byForm(
  { pool, server, state }: HaproxyCall,
  page: string,
  { username, password, timeoutMs, signal }: HaproxyActOptions,
  answer: Answering,
): Promise<CallAnswer> {
  const form = new URLSearchParams({ s: server, action: state, b: pool });
  const sent = await httpSend({
    url: page,
    method: "POST",
    body: { type: "application/x-www-form-urlencoded", text: form.toString() },
    username,
    password,
    timeoutMs,
    maxBytes: PAGE_BYTES_MAX,
    signal,
  });
  if (sent.kind === "not-sent") return answer("not-sent", sent.failure.text);
  if (sent.kind === "unanswered") return answer("unknown", sent.failure.text);
  const { status, headers, body } = sent.answer;
  const code = /;st=([A-Z]+)/.exec(headers.location ?? "")?.[1] ?? null;
  const [kind, text] = (code === null ? null : FORM_CODES[code]) ?? withoutCode(status, headers.location ?? body);
  return answer(kind, text, { status });
}

function withoutCode(status: number, said: string): readonly [CallAnswer["kind"], string] {
  const text = said.trim() === "" ? `HTTP ${status}` : said;
  return [status >= 400 && status < 500 ? "refused" : "unknown", text];
}

async function byRuntime(
  address: string,
  command: string,
  { timeoutMs, signal }: HaproxyActOptions,
  answer: Answering,
): Promise<CallAnswer> {
  const { sent, result } = await askRuntime(address, command, timeoutMs, signal);
  if (!result.ok) return answer(sent ? "unknown" : "not-sent", result.failure.text);
  const said = result.value.trim();
  return said === "" ? answer("done", "done") : answer("refused", said);
}

/**
 * Whether this HAProxy would let us set servers: by its runtime API's level, or by whether its page shows the form to us
 * (`stats admin if …` is judged anew for each request). Changes nothing.
 */
export async function mayActOnHaproxy(options: HaproxyActOptions): Promise<Result<boolean>> {
  const { stats, username, password, timeoutMs, signal, runtime } = options;
  if (runtime !== null) {
    const level = await runtimeLevel(runtime, timeoutMs, signal);
    return level.ok ? ok(level.value === "admin") : level;
  }
  const url = csvUrl(stats).replace(/;.*$/, ";norefresh");
  const page = await httpGet({ url, username, password, timeoutMs, maxBytes: PAGE_BYTES_MAX, signal });
  if (!page.ok) return page;
  const { status, body } = page.value;
  if (status === 401) return { ok: false, failure: failureText("unauthorized", "the statistics page answers 401") };
  if (status !== 200) return { ok: false, failure: failureText("http-status", String(status)) };
  return ok(/<form[^>]*method="?post/i.test(body) && /<select[^>]*name="?action/i.test(body));
}
