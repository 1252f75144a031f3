import type { Config } from "@/lib/config/types";

type HeadersLike = { get(name: string): string | null };
type Server = Config["server"];

const HOST = /^[A-Za-z0-9._-]+(:\d{1,5})?$|^\[[0-9A-Fa-f:.]+\](:\d{1,5})?$/;

/**
 * The origin that the browser has in its address bar. A proxy's `X-Forwarded-Host` is believed only where it names
 * `server.publicUrl`; otherwise the `Host` header counts, which a page of another site cannot forge in a browser. Null when
 * there is no usable host.
 */
export function originOf(headers: HeadersLike, server: Server): string | null {
  const publicUrl = server.publicUrl === null ? null : new URL(server.publicUrl);
  const host = headers.get("host");
  const forwarded = headers.get("x-forwarded-host")?.split(",")[0]?.trim() ?? null;
  if (publicUrl && (forwarded === publicUrl.host || host === publicUrl.host)) return publicUrl.origin;
  if (!host || !HOST.test(host)) return null;
  const scheme = headers.get("x-forwarded-proto")?.split(",")[0]?.trim() === "https" ? "https" : "http";
  return `${scheme}://${host}`;
}

/**
 * Whether a request that changes state comes from a page of ours. Route handlers of Next.js check nothing of the kind. The
 * browser says so by `Sec-Fetch-Site`, or an older one by `Origin`; with neither it is refused.
 */
export function isSameOrigin(headers: HeadersLike, server: Server): boolean {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return false;
  if (origin === null) return site === "same-origin";
  // Behind a proxy that passes neither host nor scheme on, the configured address is the only one known.
  return origin === originOf(headers, server) || origin === server.publicUrl;
}

/** The client's address as the nearest proxy, or Next.js itself, saw it: the last entry of `X-Forwarded-For`. */
export function clientAddress(headers: HeadersLike): string {
  return headers.get("x-forwarded-for")?.split(",").at(-1)?.trim().slice(0, 64) || "unknown";
}
