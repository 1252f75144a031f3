import type { VipEvidence } from "@/lib/domain/facts";
import { type HostName, hostName } from "@/lib/domain/ids";
import { fail, ok, type Result, type SourceFailure } from "@/lib/domain/observation";
import { failureText } from "@/lib/sources/shared/failure";
import { macsHeard } from "./broadcast";
import { type Neighbour, type NeighbourTable, systemTable } from "./neighbour-table";
import { addressOf, stir } from "./stir";
import type { VipHost, VipMethod, VipTarget } from "./types";

type HostMac = { readonly host: HostName; readonly mac: string };

/** Text of the failure that is a finding: the network was asked and no machine has the address. */
export const NOBODY_TEXT = "no machine on this network answers for the address";

/**
 * Compares the MAC that answers for the VIP with those of the known hosts, from this machine's own neighbour table. Sees
 * machines on its own network only; elsewhere `unsupported`. A remembered MAC counts only if something at the VIP answered
 * just now: the kernel keeps a dead holder's for up to minutes.
 */
export const askNeighbours: VipMethod = (target) => compareMacs(target, systemTable, stir, macsHeard);

export async function compareMacs(
  target: VipTarget,
  table: NeighbourTable,
  reach: typeof stir,
  hear: (address: string, now: number) => readonly string[],
): Promise<Result<VipEvidence>> {
  const { address, timeoutMs, signal } = target;
  const port = stirPort(target);
  const before = await table.entry(address);
  if (!before.ok) return before;
  const own = table.ownMac(address);
  const silent = own === null ? await reach({ address, port, timeoutMs, signal }) : null;
  const after = own === null ? await table.entry(address) : ok({ mac: own });
  if (!after.ok) return after;
  if (silent) return { ok: false, failure: whyNot(silent, before.value, after.value) };
  const mac = after.value?.mac ?? null;
  if (mac === null) return fail("unsupported", "the VIP is not on a network of this machine");
  const hosts = await Promise.all(target.hosts.map((host) => macOf(host, target, table, reach)));
  return ok({ method: "neighbour", mac, heard: hear(address, Date.now()), hosts: hosts.filter((one) => one !== null) });
}

/** Asked twice, at least a time-out apart, and no machine named itself: that is more than a slow answer. */
function whyNot(silent: SourceFailure, before: Neighbour, after: Neighbour): SourceFailure {
  if (silent.kind === "aborted") return silent;
  const nobody = (entry: Neighbour) => entry !== null && entry.mac === null;
  return nobody(before) && nobody(after) ? failureText("unreachable", NOBODY_TEXT) : silent;
}

/** Hosts are spoken to all the time, so their entries are there; one that is not gets asked for once. */
async function macOf(
  { host }: VipHost,
  target: VipTarget,
  table: NeighbourTable,
  reach: typeof stir,
): Promise<HostMac | null> {
  const address = await addressOf(host);
  if (address === null) return null;
  const own = table.ownMac(address);
  if (own !== null) return { host: hostName(host), mac: own };
  let entry = await table.entry(address);
  if (entry.ok && entry.value === null) {
    const { timeoutMs, signal } = target;
    await reach({ address, port: stirPort(target), timeoutMs: Math.min(timeoutMs, 500), signal });
    entry = await table.entry(address);
  }
  const mac = entry.ok ? (entry.value?.mac ?? null) : null;
  return mac === null ? null : { host: hostName(host), mac };
}

/** HAProxy's port rather than Patroni's, whose few workers an empty connection would occupy; closed is as good as open. */
function stirPort({ haproxy, patroniPort }: VipTarget): number {
  const stats = haproxy?.nodes[0]?.stats ?? "";
  const port = URL.canParse(stats) ? Number(new URL(stats).port) : 0;
  return port > 0 ? port : patroniPort;
}
