import type { FailureKind, SourceFailure } from "@/lib/domain/observation";

const TEXT_LENGTH_MAX = 200;
const CAUSE_DEPTH_MAX = 5;

/** Codes of Node's sockets and resolver, and of undici. */
const BY_CODE: Readonly<Record<string, FailureKind>> = {
  ECONNREFUSED: "refused",
  // The kernel gave up on the network, not on a program: nothing acknowledged at all.
  ETIMEDOUT: "unreachable",
  UND_ERR_CONNECT_TIMEOUT: "unreachable",
  ESOCKETTIMEDOUT: "timeout",
  UND_ERR_HEADERS_TIMEOUT: "timeout",
  UND_ERR_BODY_TIMEOUT: "timeout",
  EHOSTUNREACH: "unreachable",
  EHOSTDOWN: "unreachable",
  ENETUNREACH: "unreachable",
  ENETDOWN: "unreachable",
  EADDRNOTAVAIL: "unreachable",
  ECONNRESET: "reset",
  ECONNABORTED: "reset",
  EPIPE: "reset",
  UND_ERR_SOCKET: "reset",
  UND_ERR_CLOSED: "reset",
  UND_ERR_DESTROYED: "reset",
  ENOTFOUND: "dns",
  EAI_AGAIN: "dns",
  ENODATA: "dns",
  ABORT_ERR: "aborted",
  UND_ERR_ABORTED: "aborted",
  UND_ERR_RES_EXCEEDED_MAX_SIZE: "too-large",
  UND_ERR_HEADERS_OVERFLOW: "too-large",
  HPE_HEADER_OVERFLOW: "too-large",
  EPROTO: "tls",
  HOSTNAME_MISMATCH: "tls",
  DEPTH_ZERO_SELF_SIGNED_CERT: "tls",
  SELF_SIGNED_CERT_IN_CHAIN: "tls",
  UNABLE_TO_GET_ISSUER_CERT: "tls",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "tls",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "tls",
};

/** SQLSTATEs (PostgreSQL, appendix A) whose kind is not told by their class. */
const BY_SQLSTATE: Readonly<Record<string, FailureKind>> = {
  "42501": "insufficient-privilege",
  "57P01": "reset",
  "57P02": "reset",
  "57P03": "starting-up",
  "57014": "timeout",
  "55P03": "timeout",
  "25P03": "timeout",
  "25P04": "timeout",
};

/** gRPC status codes (grpc/doc/statuscodes.md). 14 (unavailable) says nothing by itself: its text is read instead. */
const BY_GRPC_STATUS: Readonly<Record<number, FailureKind>> = {
  1: "aborted",
  4: "timeout",
  7: "forbidden",
  12: "unsupported",
  16: "unauthorized",
};

/** For clients that keep only a sentence: `pg` has no code for its own time-outs, gRPC hides the socket's code in its text. */
const BY_TEXT: readonly (readonly [RegExp, FailureKind])[] = [
  [/ECONNREFUSED/, "refused"],
  [/EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ETIMEDOUT/, "unreachable"],
  [/ENOTFOUND|EAI_AGAIN|Name resolution failed/, "dns"],
  [/certificate|self.signed|SSL routines|tls_|wrong version number|does not support SSL/i, "tls"],
  [/no leader|raft: stopped/i, "no-quorum"],
  [/etcdserver: permission denied/i, "forbidden"],
  [/invalid auth token|authentication failed|user name is empty|auth store is old/i, "unauthorized"],
  [/timed? ?out|timeout (expired|exceeded)|connection timeout|deadline exceeded|keepalive timeout/i, "timeout"],
  [
    /ECONNRESET|EPIPE|socket hang up|other side closed|terminated unexpectedly|connection (dropped|ended|closed)/i,
    "reset",
  ],
];

const WORDS: Readonly<Record<FailureKind, string>> = {
  timeout: "no answer in time",
  refused: "connection refused",
  unreachable: "no route from here",
  reset: "connection broken by the other side",
  dns: "host name not resolved",
  tls: "TLS failed",
  unauthorized: "credentials not accepted",
  forbidden: "not permitted",
  "insufficient-privilege": "insufficient privilege",
  "starting-up": "the server is starting up or shutting down",
  "no-quorum": "no quorum",
  malformed: "malformed answer",
  "too-large": "answer larger than the limit",
  "wrong-identity": "another member answered",
  "http-status": "unexpected HTTP status",
  unsupported: "not supported",
  aborted: "aborted",
  failed: "failed",
};

type Traits = { readonly name: string; readonly code: string | number | null; readonly message: string };

/**
 * Says why a look failed, from what Node, undici, `pg`, `etcd3` or gRPC threw; follows `cause` and the first of an
 * `AggregateError` (an address per family was tried). Never throws. The text is short, names the code and carries no
 * credentials: addresses lose their `user:password@`.
 */
export function failureOf(error: unknown): SourceFailure {
  const chain = chainOf(error);
  for (const link of chain) {
    const kind = kindOf(link);
    if (kind) return { kind, text: textOf(kind, link) };
  }
  const first = chain[0];
  return { kind: "failed", text: first ? textOf("failed", first) : WORDS.failed };
}

/** A failure in the house's standard words, with an optional remark that the caller knows to carry no secret. */
export function failureText(kind: FailureKind, remark?: string): SourceFailure {
  return { kind, text: remark ? `${WORDS[kind]}: ${redact(remark)}` : WORDS[kind] };
}

/**
 * A limit that passed before the other side's host had even taken the connection: the host or the network is gone, or the
 * program hangs and its queue of connections is full (Patroni's holds five). Whether the host is there is told by what else
 * on it answers.
 */
export function unconnected(timeoutMs: number): SourceFailure {
  return { kind: "unreachable", text: `no connection within ${timeoutMs} ms` };
}

/** A limit that passed: the program's doing once its host had taken the connection (`reached`), the host's or the network's before. */
export function overdue(reached: boolean, timeoutMs: number): SourceFailure {
  return reached ? failureText("timeout", `${timeoutMs} ms`) : unconnected(timeoutMs);
}

/** A limit that passed while we ourselves were hardly running (see `patience`): no look was made, and nobody is accused. */
export function starved(): SourceFailure {
  return failureText("aborted", "our own process was busy");
}

/** Cuts a text to one short line and takes credentials out of addresses in it. */
export function redact(text: string, lengthMax = TEXT_LENGTH_MAX): string {
  const line = text.replace(/\s+/g, " ").trim();
  const safe = line.replace(/\/\/[^\s/@]+@/g, "//").replace(/\b(password|authorization|token)=\S+/gi, "$1=[secret]");
  return safe.length > lengthMax ? `${safe.slice(0, lengthMax)}…` : safe;
}

function chainOf(error: unknown): Traits[] {
  const chain: Traits[] = [];
  let at: unknown = error;
  for (let depth = 0; depth < CAUSE_DEPTH_MAX && at !== null && at !== undefined; depth++) {
    chain.push(traitsOf(at));
    const inner = at as { cause?: unknown; errors?: unknown };
    at = Array.isArray(inner.errors) ? inner.errors[0] : inner.cause;
  }
  return chain;
}

function traitsOf(error: unknown): Traits {
  if (typeof error !== "object" || error === null) return { name: "", code: null, message: String(error) };
  const raw = error as { name?: unknown; code?: unknown; message?: unknown; details?: unknown };
  const message = typeof raw.details === "string" && raw.details ? raw.details : raw.message;
  const said = typeof message === "string" ? message : "";
  // `etcd3` wraps gRPC's errors and keeps the status in the sentence only.
  const status = /^(\d{1,2}) [A-Z_]+: (.*)$/s.exec(said);
  return {
    name: typeof raw.name === "string" ? raw.name : "",
    code: typeof raw.code === "string" || typeof raw.code === "number" ? raw.code : status ? Number(status[1]) : null,
    message: status?.[2] ?? said,
  };
}

function kindOf({ name, code, message }: Traits): FailureKind | null {
  if (name === "AbortError") return "aborted";
  if (name === "TimeoutError") return "timeout";
  if (typeof code === "number") return BY_GRPC_STATUS[code] ?? kindOfText(message);
  if (code === null) return kindOfText(message);
  return BY_CODE[code] ?? kindOfTls(code) ?? kindOfSqlState(code) ?? kindOfText(message);
}

const kindOfText = (text: string): FailureKind | null => BY_TEXT.find(([pattern]) => pattern.test(text))?.[1] ?? null;

const kindOfTls = (code: string): FailureKind | null =>
  /^(ERR_TLS_|ERR_SSL_|ERR_OSSL_|CERT_|CRL_|INVALID_(CA|PURPOSE))/.test(code) ? "tls" : null;

function kindOfSqlState(code: string): FailureKind | null {
  if (!/^[0-9A-Z]{5}$/.test(code)) return null;
  const exact = BY_SQLSTATE[code];
  if (exact) return exact;
  if (code.startsWith("28")) return "unauthorized";
  if (code.startsWith("08")) return "reset";
  return /\d/.test(code) ? "failed" : null;
}

function textOf(kind: FailureKind, { code, message }: Traits): string {
  const words = WORDS[kind];
  // A socket's message repeats the code and the address; a server's message is the only thing that says what happened.
  if (typeof code === "string" && code in BY_CODE) return `${words} (${code})`;
  const said = redact(message);
  if (!said) return typeof code === "string" ? `${words} (${code})` : words;
  return `${words}: ${said}`;
}
