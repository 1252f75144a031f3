import { fail, ok, type Result } from "@/lib/domain/observation";
import { failureText } from "@/lib/sources/shared/failure";
import { httpGet } from "@/lib/sources/shared/http";
import type { VipHaproxyNode, VipMethod, VipTarget } from "./types";

const PAGE_BYTES_MAX = 4 * 1024 * 1024;
/** The page counts its uptime in whole seconds, and two pages are not read in the same instant. */
const START_TOLERANCE_MS = 2_000;
/** A filter that no proxy's name matches: the page then carries little but its head, whatever the installation's size. */
const HEAD_ONLY = "?scope=no-such-proxy";

/** What a statistics page says of the process that made it. */
export type HaproxyIdentity = {
  /** Only with `stats show-node`. */
  readonly node: string | null;
  readonly pid: number;
  /** By this machine's clock, to the second. */
  readonly startedAt: number;
  readonly version: string | null;
};

/**
 * Compares the statistics page behind the VIP with each node's own. Weak where the page has no node name: twins started
 * by the same command at the same time can have the same pid and age, and then several are named.
 */
export const askHaproxy: VipMethod = async (target) => {
  const nodes = target.haproxy?.nodes ?? [];
  const [first] = nodes;
  const behind = first && behindVip(first, target.address);
  if (!behind) return fail("unsupported", "no HAProxy statistics page is configured");
  const [page, ...own] = await Promise.all([behind, ...nodes].map((node) => read(node, target)));
  if (!page?.ok) return page ?? fail("failed", "not asked");
  const seen = page.value;
  if (own.every((one) => !one.ok)) return fail("failed", "no node's own page could be read to compare with");
  const sameAs = nodes.filter((_, i) => {
    const one = own[i];
    return one?.ok && sameProcess(seen, one.value);
  });
  return ok({ method: "haproxy", sameAs: sameAs.map(({ name }) => name) });
};

/** The first node's page, at the VIP instead of the node's address. */
function behindVip(node: VipHaproxyNode, address: string): VipHaproxyNode | null {
  if (!URL.canParse(node.stats)) return null;
  const url = new URL(node.stats);
  url.hostname = address.includes(":") ? `[${address}]` : address;
  return { ...node, stats: url.href };
}

async function read(node: VipHaproxyNode, { timeoutMs, signal }: VipTarget): Promise<Result<HaproxyIdentity>> {
  const { username, password } = node;
  const url = node.stats.replace(/[;?].*$/, "") + HEAD_ONLY;
  const answer = await httpGet({ url, username, password, timeoutMs, maxBytes: PAGE_BYTES_MAX, signal });
  if (!answer.ok) return answer;
  const { status, body } = answer.value;
  if (status === 401) return { ok: false, failure: failureText("unauthorized", "HTTP 401") };
  if (status !== 200) return { ok: false, failure: failureText("http-status", String(status)) };
  const identity = parseIdentity(body, Date.now());
  return identity ? ok(identity) : fail("malformed", "the page is not HAProxy's statistics");
}

/** Reads the head of the HTML page (2.4 to 3.2, `src/stats-html.c`); null for another page. */
export function parseIdentity(html: string, now: number): HaproxyIdentity | null {
  const pid = /<b>pid = <\/b>\s*(\d+)/.exec(html)?.[1];
  const up = /<b>uptime = <\/b>\s*(\d+)d (\d+)h(\d+)m(\d+)s/.exec(html);
  if (!pid || !up) return null;
  const [days, hours, minutes, seconds] = up.slice(1).map(Number);
  const upSeconds = (((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0);
  return {
    node: /<h2>Statistics Report for pid \d+ on ([^<:]+)/.exec(html)?.[1]?.trim() ?? null,
    pid: Number(pid),
    startedAt: now - upSeconds * 1_000,
    version: /HAProxy version ([^,<]+),/.exec(html)?.[1]?.trim() ?? null,
  };
}

/** A node name settles it where both pages have one; the rest must agree in any case. */
export function sameProcess(a: HaproxyIdentity, b: HaproxyIdentity): boolean {
  const started = Math.abs(a.startedAt - b.startedAt) <= START_TOLERANCE_MS;
  return a.node === b.node && a.pid === b.pid && a.version === b.version && started;
}
