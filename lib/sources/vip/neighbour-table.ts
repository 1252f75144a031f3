import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { isIPv4 } from "node:net";
import { networkInterfaces } from "node:os";
import { z } from "zod";
import { fail, ok, type Result } from "@/lib/domain/observation";

const COMMAND_MS = 1_000;

const entrySchema = z.array(z.looseObject({ dst: z.string(), lladdr: z.string().optional() }));

/** Null: the kernel has no entry. `mac` null: it asked, and nobody has answered (yet). */
export type Neighbour = { readonly mac: string | null } | null;

/** What the neighbour method asks of the machine that it runs on; replaced in tests. */
export type NeighbourTable = {
  /** The entry of one address. `unsupported` where there is no `ip` command (not Linux, minimal container). */
  entry(address: string): Promise<Result<Neighbour>>;
  /** MAC of our own interface that carries this address; null for another machine's address. */
  ownMac(address: string): string | null;
};

export const systemTable: NeighbourTable = {
  async entry(address) {
    // The VIP is looked at every second: a file is read, where it serves, rather than a process started.
    const arp = isIPv4(address) ? await readFile("/proc/net/arp", "utf8").catch(() => null) : null;
    if (arp !== null) return ok(parseArp(arp, address));
    const output = await run("ip", ["-j", "neigh", "show", "to", address]);
    return output.ok ? parseEntry(output.value) : output;
  },
  ownMac(address) {
    const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
    return own.find((one) => one.address === address)?.mac.toLowerCase() ?? null;
  },
};

/**
 * Finds an address in Linux's `/proc/net/arp` (IPv4): columns address, hardware type, flags, MAC, mask, device. Flag 2 says
 * that the entry is complete; a question without an answer shows a MAC of zeros.
 */
export function parseArp(text: string, address: string): Neighbour {
  const rows = text.split("\n").map((line) => line.trim().split(/\s+/));
  const own = rows.filter(([ip]) => ip === address);
  const complete = own.find(([, , flags]) => (Number(flags) & 2) !== 0);
  if (complete?.[3]) return { mac: complete[3].toLowerCase() };
  return own.length > 0 ? { mac: null } : null;
}

/** Parses `ip -j neigh show to ADDRESS` of iproute2: a list of at most one entry a device. */
export function parseEntry(output: string): Result<Neighbour> {
  const text = output.trim();
  if (text === "") return ok(null);
  const parsed = entrySchema.safeParse(jsonOf(text));
  if (!parsed.success) return fail("malformed", "the answer of ip neigh was not understood");
  const [first] = parsed.data.filter(({ lladdr }) => lladdr).concat(parsed.data);
  if (!first) return ok(null);
  return ok({ mac: first.lladdr?.toLowerCase() ?? null });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function run(command: string, args: readonly string[]): Promise<Result<string>> {
  return new Promise((resolve) => {
    execFile(command, [...args], { timeout: COMMAND_MS, maxBuffer: 64 * 1024 }, (error, stdout) => {
      if (!error) resolve(ok(stdout));
      else if (error.code === "ENOENT") resolve(fail("unsupported", "there is no ip command on this machine"));
      else if (error.killed) resolve(fail("failed", "the ip command did not end"));
      else resolve(fail("unsupported", "the ip command cannot show the neighbour table"));
    });
  });
}
