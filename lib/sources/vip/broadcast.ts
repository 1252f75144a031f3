import { execFile } from "node:child_process";

/** How often one address is asked for aloud, in ms: a process is started for it, and two holders do not come and go within seconds. */
const EVERY_MS = 5_000;
/** An answer older than this says nothing of now. */
const VALID_MS = 12_000;
const COMMAND_MS = 2_500;

type Heard = { readonly askedAt: number; readonly heardAt: number; readonly macs: readonly string[] };
const heard = new Map<string, Heard>();

/**
 * Every MAC that answered one and the same broadcast question for an address lately, in lower case; empty where nobody can be asked so:
 * it takes the `arping` of iputils (Debian: `iputils-arping`, which may open raw sockets for any user). The neighbour table keeps one MAC
 * only, whoever answered last, and so cannot show that two hosts have an address. Never waits: the question is asked aside.
 */
export function macsHeard(address: string, now: number, ask: typeof askAloud = askAloud): readonly string[] {
  const last = heard.get(address);
  if (!last || now - last.askedAt >= EVERY_MS) {
    heard.set(address, { askedAt: now, heardAt: last?.heardAt ?? 0, macs: last?.macs ?? [] });
    void ask(address).then((macs) => heard.set(address, { askedAt: now, heardAt: now, macs }));
  }
  return last && now - last.heardAt <= VALID_MS ? last.macs : [];
}

/** Two are waited for, a second at most: one holder answers once, two answer the same question within a millisecond. */
export function askAloud(address: string): Promise<readonly string[]> {
  return new Promise((resolve) => {
    execFile("arping", ["-b", "-c", "2", "-w", "1", address], { timeout: COMMAND_MS }, (_error, stdout) => {
      resolve(parseArping(stdout));
    });
  });
}

/**
 * The output of iputils' arping: `Unicast reply from 10.0.0.200 [A2:97:74:1C:85:0A]  0.551ms`, then `Sent 1 probes (1 broadcast(s))`.
 * Replies to several questions are not put together: between two of them the address may have moved.
 */
export function parseArping(output: string): readonly string[] {
  const questions = Number(/^Sent (\d+) probes/m.exec(output)?.[1] ?? Number.NaN);
  const replies = output.matchAll(/reply from \S+ \[([0-9a-f:]{17})\]/gi);
  const macs = [...new Set([...replies].map(([, mac]) => (mac ?? "").toLowerCase()))];
  return questions === 1 || (questions > 1 && macs.length === 1) ? macs : [];
}
