import { readdirSync, readFileSync } from "node:fs";
import { LabError } from "./errors";
import { run } from "./run";
import { type HostName, hostAddress, hostLink, NETWORK } from "./settings";

/**
 * Makes every address of the lab's range that has no host unreachable on this machine. It is in place
 * before the bridge and goes only when the hosts are gone, so traffic for a lab that is down, or
 * half up, fails here instead of leaving through the default route.
 */
export async function ensureFence(): Promise<void> {
  await run(["ip", "route", "replace", "unreachable", NETWORK.fence]);
}

export async function removeFence(): Promise<void> {
  await run(["ip", "route", "del", "unreachable", NETWORK.fence], { allowFailure: true });
}

/** The bridge all hosts hang on; the root namespace has an address on it and so reaches them directly. */
export async function createBridge(): Promise<void> {
  await refuseForeignRange();
  await run(["ip", "link", "add", NETWORK.bridge, "type", "bridge", "forward_delay", "0", "stp_state", "0"]);
  await run(["ip", "addr", "add", `${NETWORK.bridgeAddress}/${NETWORK.prefixLength}`, "dev", NETWORK.bridge]);
  await run(["ip", "link", "set", NETWORK.bridge, "up"]);
}

async function refuseForeignRange(): Promise<void> {
  const routes = await run(["ip", "-4", "route", "show", "root", NETWORK.fence]);
  const foreign = routes.stdout.split("\n").filter((line) => line !== "" && !line.startsWith("unreachable"));
  if (foreign.length > 0)
    throw new LabError("missing", `the lab's range ${NETWORK.fence} is in use here: ${foreign.join("; ")}`);
}

/** Gives a host its `eth0`. It has no default route: a host reaches the other hosts and the bridge, nothing else. */
export async function connectHost(host: HostName, pid: number): Promise<void> {
  const link = hostLink(host);
  const inside = ["nsenter", "-t", String(pid), "-n", "ip"];
  await run(["ip", "link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", String(pid)]);
  await run(["ip", "link", "set", link, "master", NETWORK.bridge, "up"]);
  await run([...inside, "link", "set", "lo", "up"]);
  await run([...inside, "addr", "add", `${hostAddress(host)}/${NETWORK.prefixLength}`, "dev", "eth0"]);
  await run([...inside, "link", "set", "eth0", "up"]);
}

/** Pulls the host's cable: both sides see the carrier go, addresses stay. */
export async function linkDown(host: HostName): Promise<void> {
  await run(["ip", "link", "set", hostLink(host), "down"]);
}

/**
 * Plugs the cable back in. The inner end is taken up too and its address and neighbours made right:
 * an entry that failed while the link was down would otherwise delay the first packets by seconds.
 */
export async function linkUp(host: HostName, pid: number): Promise<void> {
  const inside = ["nsenter", "-t", String(pid), "-n", "ip"];
  await run(["ip", "link", "set", hostLink(host), "up"]);
  await run([...inside, "link", "set", "eth0", "up"]);
  await run([...inside, "addr", "replace", `${hostAddress(host)}/${NETWORK.prefixLength}`, "dev", "eth0"]);
  await run([...inside, "neigh", "flush", "dev", "eth0"], { allowFailure: true });
  await run(["ip", "neigh", "flush", "dev", NETWORK.bridge], { allowFailure: true });
}

/** Whether the host's cable is in, read without starting a process. */
export function isLinkUp(host: HostName): boolean {
  try {
    const flags = Number.parseInt(readFileSync(`/sys/class/net/${hostLink(host)}/flags`, "utf8"), 16);
    return (flags & 1) === 1;
  } catch {
    return false;
  }
}

/** Removes every link of the lab, whatever is left of it. A host's veth vanishes with the host itself. */
export async function removeLinks(): Promise<void> {
  for (const name of labLinks()) await run(["ip", "link", "del", name], { allowFailure: true });
}

export function labLinks(): string[] {
  return readdirSync("/sys/class/net").filter((name) => name === NETWORK.bridge || /^mlab-n\d$/.test(name));
}

/** Takes the VIP off a host whose processes were all killed: a machine without power answers no ARP. */
export async function dropVip(pid: number): Promise<void> {
  const address = `${NETWORK.vip}/${NETWORK.prefixLength}`;
  await run(["nsenter", "-t", String(pid), "-n", "ip", "addr", "del", address, "dev", "eth0"], { allowFailure: true });
}

/** Addresses that `/proc/PID/net/fib_trie` lists as local to that process's network namespace. */
export function localAddresses(fibTrie: string): Set<string> {
  const found = new Set<string>();
  let last = "";
  for (const line of fibTrie.split("\n")) {
    const leaf = /\|--\s+(\d+\.\d+\.\d+\.\d+)/.exec(line);
    if (leaf?.[1] !== undefined) last = leaf[1];
    else if (/\/32 host LOCAL/.test(line)) found.add(last);
  }
  return found;
}

/** Whether a host holds the VIP, by its kernel's own table; null when the host is gone. */
export function holdsVip(pid: number): boolean | null {
  try {
    return localAddresses(readFileSync(`/proc/${pid}/net/fib_trie`, "utf8")).has(NETWORK.vip);
  } catch {
    return null;
  }
}
