import { lookup } from "node:dns/promises";
import { connect, isIP } from "node:net";
import type { SourceFailure } from "@/lib/domain/observation";
import { failureOf, failureText } from "@/lib/sources/shared/failure";

export type StirOptions = {
  readonly address: string;
  readonly port: number;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Opens a TCP connection and closes it at once, so that the kernel asks who has the address. Null when anything there
 * answered, be it by refusing: then the neighbour entry is of whoever answered just now.
 */
export function stir({ address, port, timeoutMs, signal }: StirOptions): Promise<SourceFailure | null> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const finish = (failure: SourceFailure | null) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      socket.destroy();
      resolve(failure);
    };
    const abort = () => finish(failureText("aborted"));
    const timer = setTimeout(() => finish(failureText("timeout")), timeoutMs);
    signal?.addEventListener("abort", abort, { once: true });
    socket.once("connect", () => finish(null));
    socket.once("error", (error) => {
      const failure = failureOf(error);
      finish(failure.kind === "refused" || failure.kind === "reset" ? null : failure);
    });
    if (signal?.aborted) abort();
  });
}

/** The address of a host given by address or name; null when the name does not resolve. */
export async function addressOf(host: string): Promise<string | null> {
  if (isIP(host)) return host;
  try {
    return (await lookup(host)).address;
  } catch {
    return null;
  }
}
