import type { HaproxyFacts, VipFacts } from "@/lib/domain/facts";
import { getHaproxyFacts } from "@/lib/sources/haproxy/client";
import { probeVip } from "@/lib/sources/vip/probe";
import { type Beat, startBeat } from "./beat";
import type { Desk } from "./desk";

const MARGIN_MS = 1_000;
const PATRONI_PORT = 8008;

/** Starts reading each HAProxy node's statistics page. */
export function startHaproxy(desk: Desk): Beat[] {
  const { haproxy } = desk.config;
  if (!haproxy) return [];
  return haproxy.nodes.map((node) =>
    startBeat<HaproxyFacts>({
      source: "haproxy",
      target: node.name,
      intervalMs: haproxy.intervalMs,
      giveUpMs: haproxy.timeoutMs + MARGIN_MS,
      look: (signal) =>
        getHaproxyFacts({
          stats: node.stats,
          username: node.username,
          password: node.password,
          timeoutMs: haproxy.timeoutMs,
          signal,
        }),
      onSeen: (seen) => desk.see("haproxy", seen, haproxy.intervalMs),
    }),
  );
}

/** Starts asking who holds the VIP. */
export function startVip(desk: Desk): Beat[] {
  const { vip, haproxy, patroni, scope } = desk.config;
  if (!vip) return [];
  return [
    startBeat<VipFacts>({
      source: "vip",
      target: vip.address,
      intervalMs: vip.intervalMs,
      giveUpMs: vip.timeoutMs * 2 + MARGIN_MS,
      look: (signal) => {
        const roster = desk.state().roster;
        return probeVip({
          address: vip.address,
          follows: vip.follows,
          scope,
          patroniPort: patroniPort(roster.map((entry) => entry.apiUrl)),
          patroniTls: patroni.tls,
          hosts: roster.flatMap((entry) => (entry.host ? [{ name: entry.name, host: entry.host }] : [])),
          haproxy: haproxy && { nodes: haproxy.nodes },
          timeoutMs: vip.timeoutMs,
          signal,
        });
      },
      onSeen: (seen) => desk.seeVip(seen),
    }),
  ];
}

/** The REST port of the members, which is where Patroni would answer behind the VIP too. */
function patroniPort(apiUrls: readonly (string | null)[]): number {
  for (const apiUrl of apiUrls) {
    const port = apiUrl ? Number(new URL(apiUrl).port) : 0;
    if (port > 0) return port;
  }
  return PATRONI_PORT;
}
