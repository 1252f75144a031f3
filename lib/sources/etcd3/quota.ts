import { Client, credentials, Metadata } from "@grpc/grpc-js";
import type { TlsConfig } from "@/lib/config/types";
import type { EtcdConnection } from "./client";

const STATUS = "/etcdserverpb.Maintenance/Status";
/** `dbSizeQuota` of `StatusResponse`; the library's description of the message ends at field 10. */
const QUOTA_FIELD = 12;

/** etcd tells its quota since 3.6. */
export function tellsQuota(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 3 || (major === 3 && minor >= 6);
}

/**
 * A member's `--quota-backend-bytes`, asked on a connection of its own because the library drops what it does not know of the answer.
 * Null where it is not told or the call fails: the status itself has been answered, and a quota is not worth losing it.
 */
export function quotaBytesOf(
  connection: Pick<EtcdConnection, "endpoint" | "token">,
  options: { readonly timeoutMs: number; readonly tls?: TlsConfig | null | undefined },
): Promise<number | null> {
  const { endpoint } = connection;
  const client = new Client(endpoint.replace(/^https?:\/\//, ""), credentialsOf(endpoint, options.tls ?? null));
  const metadata = new Metadata();
  const token = connection.token();
  if (token) metadata.set("token", token);
  return new Promise<number | null>((resolve) => {
    const deadline = Date.now() + options.timeoutMs;
    const raw = (bytes: Buffer) => bytes;
    client.makeUnaryRequest(STATUS, raw, raw, Buffer.alloc(0), metadata, { deadline }, (error, answer) =>
      resolve(error || !answer ? null : quotaIn(answer)),
    );
  }).finally(() => client.close());
}

function credentialsOf(endpoint: string, tls: TlsConfig | null) {
  if (!endpoint.startsWith("https:")) return credentials.createInsecure();
  const ca = tls?.ca ? Buffer.from(tls.ca) : null;
  if (!tls?.cert || !tls.key) return credentials.createSsl(ca);
  return credentials.createSsl(ca, Buffer.from(tls.key.reveal()), Buffer.from(tls.cert));
}

/** The quota in a `StatusResponse` as it came; null where it is not among its fields, or is 0. */
export function quotaIn(answer: Uint8Array): number | null {
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = answer[at++];
      if (byte === undefined) throw new RangeError("cut off");
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError("no varint");
  };
  try {
    while (at < answer.length) {
      const tag = varint();
      const [field, wire] = [Number(tag >> 3n), Number(tag & 7n)];
      if (wire === 0) {
        const value = varint();
        if (field === QUOTA_FIELD) return value > 0n ? Number(value) : null;
      } else if (wire === 2) {
        const length = Number(varint());
        at += length;
      } else if (wire === 1) at += 8;
      else if (wire === 5) at += 4;
      else return null;
    }
  } catch {
    return null;
  }
  return null;
}
