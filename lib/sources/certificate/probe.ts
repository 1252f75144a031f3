import { connect as connectTcp, isIP, type Socket } from "node:net";
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from "node:tls";
import type { TlsConfig } from "@/lib/config/types";
import type { CertificateFacts, TlsService } from "@/lib/domain/certificates/facts";
import { ok, type Result } from "@/lib/domain/observation";
import { failureOf, failureText, overdue } from "@/lib/sources/shared/failure";
import { chainOf } from "./chain";

export type CertificateProbe = {
  readonly service: TlsService;
  /** A name or an address, without brackets. */
  readonly host: string;
  readonly port: number;
  /** `tls`: spoken from the first byte. `postgres`: asked for by PostgreSQL's SSLRequest, which PgBouncer knows too. */
  readonly opening: "tls" | "postgres";
  /** Our own certificate, for a server that asks for one before it goes on; its CA has no say here. */
  readonly tls: Pick<TlsConfig, "cert" | "key"> | null;
  /** Hard limit over connecting and the handshake together. */
  readonly timeoutMs: number;
};

/**
 * What one server shows whoever connects: handshake, read, hang up. Nothing is validated, for a certificate that has ended must be
 * read too, and nothing is sent after the handshake. Never throws.
 *
 * Failures: `timeout`, `aborted`, `refused`, `unreachable`, `reset`, `dns`, `tls` (no TLS there, or it wants a certificate of ours), `malformed`.
 */
export async function readCertificate(
  probe: CertificateProbe,
  signal?: AbortSignal,
): Promise<Result<CertificateFacts>> {
  if (signal?.aborted) return { ok: false, failure: failureText("aborted") };
  const limit = AbortSignal.timeout(probe.timeoutMs);
  const cut = signal ? AbortSignal.any([signal, limit]) : limit;
  const socket = connectTcp({ host: probe.host, port: probe.port });
  const drop = () => socket.destroy(new Error("cut"));
  cut.addEventListener("abort", drop, { once: true });
  const seen = { reached: false };
  socket.once("connect", () => {
    seen.reached = true;
  });
  // A listener of its own: an error after we hung up would end the process.
  socket.on("error", () => undefined);
  try {
    return await exchange(probe, socket);
  } catch (error) {
    if (signal?.aborted) return { ok: false, failure: failureText("aborted") };
    if (!limit.aborted) return { ok: false, failure: failureOf(error) };
    const failure = overdue(seen.reached, probe.timeoutMs);
    return { ok: false, failure };
  } finally {
    cut.removeEventListener("abort", drop);
    socket.destroy();
  }
}

async function exchange(probe: CertificateProbe, socket: Socket): Promise<Result<CertificateFacts>> {
  const { service, host, port } = probe;
  const address = isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
  await once(socket, "connect");
  if (probe.opening === "postgres") {
    const answer = await sslRequest(socket);
    if (answer === "N") return ok({ service, address, chain: [] });
    if (answer !== "S") return { ok: false, failure: failureText("malformed", "the answer to SSLRequest") };
  }
  const secured = connectTls({ ...optionsOf(probe), socket });
  secured.on("error", () => undefined);
  try {
    await once(secured, "secureConnect");
    const chain = chainOf(secured.getPeerCertificate(true));
    await goodbye(secured);
    if (chain.length > 0) return ok({ service, address, chain });
    return { ok: false, failure: failureText("malformed", "no certificate was shown") };
  } finally {
    secured.destroy();
  }
}

const GOODBYE_MS = 500;

/** Says goodbye, so that the server has the end of the handshake and logs no broken one, but waits no longer than a moment for its answer. */
function goodbye(secured: TLSSocket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, GOODBYE_MS);
    secured.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
    secured.end();
    // Whatever the server sends meanwhile must be read for its end to be seen.
    secured.resume();
  });
}

function optionsOf({ host, tls }: CertificateProbe): ConnectionOptions {
  return {
    rejectUnauthorized: false,
    ...(isIP(host) === 0 && { servername: host }),
    ...(tls?.cert && tls.key && { cert: tls.cert, key: tls.key.reveal() }),
  };
}

/** Length 8, then the number that stands where a protocol's version would. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** `S`, `N`, or whatever else came; the rest of what the server may have sent is left alone. */
async function sslRequest(socket: Socket): Promise<string> {
  socket.write(SSL_REQUEST);
  for (;;) {
    const byte: unknown = socket.read(1);
    if (Buffer.isBuffer(byte)) return byte.toString("latin1");
    await once(socket, "readable");
    if (socket.readableEnded || (socket.readableLength === 0 && socket.destroyed)) throw ended();
  }
}

const ended = () => Object.assign(new Error("the other side hung up"), { code: "ECONNRESET" });

/** Also ends when the other side hangs up, which is no error to Node. */
function once(socket: Socket | TLSSocket, event: "connect" | "readable" | "secureConnect"): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (settle: () => void) => () => {
      socket.off(event, onEvent);
      socket.off("error", onError);
      socket.off("close", onEnd);
      socket.off("end", onEnd);
      settle();
    };
    const onEvent = () => done(resolve)();
    const onError = (error: unknown) => done(() => reject(error))();
    const onEnd = () => done(() => reject(ended()))();
    socket.once(event, onEvent);
    socket.once("error", onError);
    socket.once("close", onEnd);
    socket.once("end", onEnd);
  });
}
