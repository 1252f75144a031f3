import { InterceptingCall, type Interceptor, type InterceptorOptions, ListenerBuilder, status } from "@grpc/grpc-js";
import { Etcd3, type IOptions } from "etcd3";
import type { Secret, TlsConfig } from "@/lib/config/types";
import { fail, ok, type Result } from "@/lib/domain/observation";
import { failureOf } from "@/lib/sources/shared/failure";

export type EtcdAccess = {
  readonly username?: string | null | undefined;
  readonly password?: Secret | null | undefined;
  readonly tls?: TlsConfig | null | undefined;
};

/** A client of one etcd member. `close` ends it for good, calls under way and open streams included. */
export type EtcdConnection = {
  readonly endpoint: string;
  readonly etcd: Etcd3;
  /** What calls are made with now; null where none was asked for. */
  token(): string | null;
  close(): void;
};

const UNARY_DEADLINE_MS = 3_000;

/**
 * A silent peer of a watch is found out after 10 + 5 s: a half-open TCP connection is invisible otherwise. etcd closes a
 * connection ("too_many_pings") that is pinged oftener than every 5 s (`--grpc-keepalive-min-time`), or at all while no call
 * is open on it, and the library keeps watches and single calls on connections of their own; so only open calls are pinged.
 */
const GRPC_OPTIONS = {
  "grpc.keepalive_time_ms": 10_000,
  "grpc.keepalive_timeout_ms": 5_000,
  "grpc.keepalive_permit_without_calls": 0,
};

type Policy = NonNullable<NonNullable<IOptions["faultHandling"]>["global"]>;

/** Retries and circuit breakers are ours to do, in the session: the library's would hide which member failed, and when. */
const once = {
  execute: async (call: (context: { signal: AbortSignal }) => unknown) =>
    call({ signal: new AbortController().signal }),
  onSuccess: () => ({ dispose() {} }),
  onFailure: () => ({ dispose() {} }),
} as unknown as Policy;

/**
 * Makes a client of exactly one endpoint: given several, the library picks one at random for each call, and nothing could
 * be said of a member. Fetches an auth token first where a user is given, so every session begins with a fresh one.
 *
 * Failures: `unauthorized`, `unsupported` (TLS without verification), and whatever the transport meets.
 */
export async function connectEtcd(
  endpoint: string,
  access: EtcdAccess,
  timeoutMs: number,
): Promise<Result<EtcdConnection>> {
  if (access.tls?.insecure && endpoint.startsWith("https:")) {
    return fail("unsupported", "etcd over TLS cannot be read without verifying certificates; give its CA");
  }
  let opened: { connection: EtcdConnection; setToken(token: string): void };
  try {
    opened = open(endpoint, access.tls ?? null);
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  }
  const { connection, setToken } = opened;
  if (!access.username) return ok(connection);
  try {
    const credentials = { name: access.username, password: access.password?.reveal() ?? "" };
    const answer = await connection.etcd.auth.authenticate(credentials, { deadline: Date.now() + timeoutMs });
    setToken(answer.token);
    return ok(connection);
  } catch (error) {
    connection.close();
    const failure = failureOf(error);
    // A cluster that does not ask for credentials takes none: then they are not needed.
    if (/authentication is not enabled/.test(failure.text)) return reopen(endpoint, access);
    return { ok: false, failure };
  }
}

const reopen = (endpoint: string, access: EtcdAccess): Result<EtcdConnection> =>
  ok(open(endpoint, access.tls ?? null).connection);

function open(endpoint: string, tls: TlsConfig | null) {
  const calls = new Set<InterceptingCall>();
  let token: string | null = null;
  const intercept = (isStream: boolean): Interceptor => interceptorOf(calls, () => token, isStream);
  const etcd = new Etcd3({
    hosts: [endpoint],
    grpcOptions: GRPC_OPTIONS,
    faultHandling: { global: once, host: () => once },
    ...credentialsOf(endpoint, tls),
    // A factory, as deadlines are absolute. Without one a call hangs for as long as its peer is silent.
    defaultCallOptions: ({ isStream }) =>
      isStream
        ? { interceptors: [intercept(true)] }
        : { interceptors: [intercept(false)], deadline: Date.now() + UNARY_DEADLINE_MS },
  });
  const close = () => {
    // Closing a channel lets its streams live on; on a silent connection they would keep it open for good.
    for (const call of calls) call.cancelWithStatus(status.CANCELLED, "closed");
    calls.clear();
    etcd.close();
  };
  const setToken = (value: string) => {
    token = value;
  };
  return { connection: { endpoint, etcd, token: () => token, close }, setToken };
}

/**
 * On every call: carries the token (the library's own handling renews it for unary calls but not for streams), remembers
 * the call so that it can be cancelled, and rewords a refused token, on which the library would retry without end. On
 * streams: `hasleader`, without which etcd keeps a watch open and silent on a member cut off from its quorum.
 */
function interceptorOf(calls: Set<InterceptingCall>, token: () => string | null, isStream: boolean): Interceptor {
  return (options: InterceptorOptions, nextCall) => {
    const call: InterceptingCall = new InterceptingCall(nextCall(options), {
      start(metadata, _listener, next) {
        const value = token();
        if (value) metadata.set("token", value);
        if (isStream) metadata.set("hasleader", "true");
        const listener = new ListenerBuilder().withOnReceiveStatus((outcome, forward) => {
          calls.delete(call);
          const refused = /invalid auth token/.test(outcome.details);
          forward(refused ? { ...outcome, code: status.UNAUTHENTICATED, details: "auth token refused" } : outcome);
        });
        next(metadata, listener.build());
      },
    });
    calls.add(call);
    return call;
  };
}

function credentialsOf(endpoint: string, tls: TlsConfig | null): Pick<IOptions, "credentials"> {
  if (!tls || !endpoint.startsWith("https:") || (!tls.ca && !tls.cert)) return {};
  const pair =
    tls.cert && tls.key ? { privateKey: Buffer.from(tls.key.reveal()), certChain: Buffer.from(tls.cert) } : {};
  // Without a CA of our own the system's are used; the library's type does not know that gRPC takes null for it.
  return { credentials: { rootCertificate: (tls.ca ? Buffer.from(tls.ca) : null) as Buffer, ...pair } };
}
