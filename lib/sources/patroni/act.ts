import type { Call } from "@/lib/domain/actions/call";
import type { CallAnswer } from "@/lib/domain/actions/operation";
import { type Answering, answering } from "@/lib/sources/shared/call-answer";
import { type HttpSent, httpSend } from "@/lib/sources/shared/http";
import { answerOf } from "./answer";
import { getPatroniStatus, type PatroniOptions } from "./client";
import { verifyIdentity } from "./identity";

export type PatroniCall = Extract<Call, { readonly system: "patroni" }>;

/** Who must answer at the call's address, for it to be sent. `systemId` null: not known to us. */
export type ActingIdentity = { readonly scope: string; readonly systemId: string | null };

const ANSWER_BYTES_MAX = 1024 * 1024;

/**
 * Sends one call that acts to one member of Patroni (3.0 to 4.1), once. First that very address is asked who it is; another name
 * (told since 3.2), scope or system identifier, or no answer, and nothing is sent. `options.timeoutMs` is that question's limit, the
 * call's own stands in the call. Never throws, never retries, follows no redirect. No secret and no configuration in the answer.
 */
export async function callPatroni(
  call: PatroniCall,
  expected: ActingIdentity,
  options: PatroniOptions,
): Promise<CallAnswer> {
  const origin = call.origin.replace(/\/+$/, "");
  const answer = answering(`${call.method} ${origin}${call.path}`);
  const wrong = await unfit(call, expected, origin, options);
  if (wrong !== null) return answer("not-sent", wrong);
  const sent = await httpSend({
    ...options,
    url: `${origin}${call.path}`,
    method: call.method,
    body: bodyOf(call),
    timeoutMs: call.timeoutMs,
    connectTimeoutMs: options.timeoutMs,
    maxBytes: ANSWER_BYTES_MAX,
  });
  return toAnswer(call, sent, answer);
}

/** Why the call must not go to this address; null where it may. */
async function unfit(
  call: PatroniCall,
  { scope, systemId }: ActingIdentity,
  origin: string,
  options: PatroniOptions,
): Promise<string | null> {
  const status = await getPatroniStatus(origin, options);
  if (!status.ok) return `before the call, GET /patroni: ${status.failure.text}`;
  if (status.value.scope === null) return "before the call: the answer to GET /patroni names no cluster";
  const wrong = verifyIdentity(status.value, { name: call.member, scope, systemId });
  return wrong ? `before the call: ${wrong.text}` : null;
}

/** What Patroni does not read is not sent: it would close the connection on it, and the answer could be lost with it. */
function bodyOf({ method, path, body }: PatroniCall) {
  if (method === "DELETE" || path === "/reload") return null;
  return { type: "application/json", text: JSON.stringify(body) };
}

function toAnswer(call: PatroniCall, sent: HttpSent, answer: Answering): CallAnswer {
  if (sent.kind === "not-sent") return answer("not-sent", sent.failure.text);
  if (sent.kind === "unanswered") return answer("unknown", sent.failure.text);
  const { status, body } = sent.answer;
  const { kind, member } = answerOf(call.path, status, body);
  // A sentence that was cut short may have lost the very words that tell another leader from the one asked for.
  const sure = sent.whole || kind === "refused" ? kind : "unknown";
  // The answer to a change is the whole configuration, which may hold passwords.
  const text = call.path === "/config" && status === 200 ? "OK" : body;
  return answer(sure, text.trim() === "" ? `HTTP ${status}` : text, { status, member });
}
