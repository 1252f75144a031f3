import { failureOf } from "@/lib/sources/shared/failure";
import type { EtcdConnection } from "./client";

type KeptAlive = { readonly ID: string; readonly TTL: string };

/** Grants a lease of `ttlSeconds`; its id is 64 bits, so text. Rejects with what gRPC said. */
export async function grantLease({ etcd }: EtcdConnection, ttlSeconds: number, timeoutMs: number): Promise<string> {
  const { ID } = await etcd.leaseClient.leaseGrant({ TTL: ttlSeconds, ID: 0 }, { deadline: Date.now() + timeoutMs });
  return ID;
}

/** Renews a lease once, on a stream of its own. False: it has expired. Rejects with what gRPC said, or when no answer comes. */
export async function renewLease({ etcd }: EtcdConnection, lease: string, timeoutMs: number): Promise<boolean> {
  const stream = await etcd.leaseClient.leaseKeepAlive({ deadline: Date.now() + timeoutMs });
  try {
    const answer = await new Promise<KeptAlive>((resolve, reject) => {
      stream.on("data", (data) => resolve(data as KeptAlive));
      stream.on("error", reject);
      stream.on("end", () => reject(new Error("etcd ended the stream")));
      stream.write({ ID: lease });
    });
    return Number(answer.TTL) > 0;
  } finally {
    // After the answer: what goes wrong with the stream from now on is nobody's business.
    stream.on("error", () => undefined);
    stream.end();
  }
}

/** Gives a lease up, with whatever hangs on it. True when it is gone, by us or before us. */
export async function revokeLease({ etcd }: EtcdConnection, lease: string, timeoutMs: number): Promise<boolean> {
  try {
    await etcd.leaseClient.leaseRevoke({ ID: lease }, { deadline: Date.now() + timeoutMs });
    return true;
  } catch (error) {
    return /lease not found/i.test(failureOf(error).text);
  }
}
