import type { MemberName } from "../ids";

/** Finds members by the different names that other systems have for them. */
export type Places = {
  byName(name: string | null): MemberName | null;
  /** By address; null when no member or several members live there and the port does not tell which. */
  byHost(host: string | null, port?: number | null): MemberName | null;
  /** By a HAProxy server line: its name, its name without a port, or its address. */
  byServer(server: { readonly name: string; readonly address: string | null }): MemberName | null;
};

export type Placed = { readonly name: MemberName; readonly host: string | null; readonly port: number | null };

const lower = (text: string): string => text.trim().toLowerCase();

/** `http://[::1]:8008/x` → `::1`; `10.0.0.1:2379` → `10.0.0.1`; null for an empty text. */
export function hostOf(address: string | null | undefined): string | null {
  if (!address) return null;
  const bare = address.replace(/^[a-z][a-z0-9+.-]*:\/\//i, "").replace(/[/?#].*$/s, "");
  const bracketed = /^\[([^\]]+)\]/.exec(bare);
  if (bracketed?.[1]) return lower(bracketed[1]);
  const colons = bare.split(":").length - 1;
  const host = colons === 1 ? bare.slice(0, bare.indexOf(":")) : bare;
  return host ? lower(host) : null;
}

/** The port of `host:port`; null when there is none. */
export function portOf(address: string | null | undefined): number | null {
  const match = address ? /:(\d{1,5})(?:[/?#]|$)/.exec(address.replace(/^[a-z][a-z0-9+.-]*:\/\//i, "")) : null;
  return match?.[1] ? Number(match[1]) : null;
}

export function makePlaces(members: readonly Placed[]): Places {
  const names = new Map(members.map((m) => [lower(m.name), m.name]));
  const hosts = new Map<string, Placed[]>();
  for (const member of members) {
    const host = hostOf(member.host);
    if (host) hosts.set(host, [...(hosts.get(host) ?? []), member]);
  }
  const byName = (name: string | null) => (name ? (names.get(lower(name)) ?? null) : null);
  const byHost = (host: string | null, port: number | null = null) => {
    const there = host ? (hosts.get(lower(host)) ?? []) : [];
    if (there.length === 1) return there[0]?.name ?? null;
    const exact = port === null ? [] : there.filter((m) => m.port === port);
    return exact.length === 1 ? (exact[0]?.name ?? null) : null;
  };
  return {
    byName,
    byHost,
    byServer: ({ name, address }) =>
      byName(name) ?? byName(hostOf(name)) ?? byHost(hostOf(address), portOf(address)) ?? byHost(hostOf(name)),
  };
}
