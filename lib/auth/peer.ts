import type { Config } from "@/lib/config/types";

/** Set by `scripts/start.ts` from the socket, whatever the client sent under that name. */
export const PEER_HEADER = "x-matriarch-peer";

const ADDRESS_CHARS_MAX = 64;

/**
 * The address that a request came from, for the record; null where it is not known. Behind a proxy, which is where a public address is
 * configured, it is the last entry of `X-Forwarded-For`, the one that the nearest proxy wrote; otherwise what a client says is not believed.
 */
export function peerOf(headers: { get(name: string): string | null }, server: Config["server"]): string | null {
  const socket = headers.get(PEER_HEADER)?.trim() || null;
  const forwarded = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() || null;
  const address = server.publicUrl === null ? socket : (forwarded ?? socket);
  return address?.replace(/^::ffff:/, "").slice(0, ADDRESS_CHARS_MAX) ?? null;
}
