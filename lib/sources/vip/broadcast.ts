import { execFile } from "node:child_process";

/** How often one address is asked for aloud, in ms: a process is started for it, and two holders do not come and go within seconds. */
const EVERY_MS = 5_000;
/** That two answered is asked again so soon, in ms: what was so for a moment must not stand for `EVERY_MS`. */
const CONFIRM_MS = 1_000;
/** Two that answer the same question do so within about a millisecond; this allows for a machine that is busy. */
const TOGETHER_MS = 100;
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
  const everyMs = last && last.macs.length > 1 ? CONFIRM_MS : EVERY_MS;
  if (!last || now - last.askedAt >= everyMs) {
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
 * Replies to several questions are not put together: between two of them the address may have moved. Neither are replies that lie apart:
 * arping takes what answers the kernel's own question, asked a moment later, for an answer to its own.
 */
export function parseArping(output: string): readonly string[] {
  const questions = Number(/^Sent (\d+) probes/m.exec(output)?.[1] ?? Number.NaN);
  const replies = [...output.matchAll(/reply from \S+ \[([0-9a-f:]{17})\] +([\d.]+)ms/gi)];
  const macs = [...new Set(replies.map(([, mac]) => (mac ?? "").toLowerCase()))];
  const times = replies.map(([, , ms]) => Number(ms));
  const together = Math.max(...times) - Math.min(...times) <= TOGETHER_MS;
  const pair = questions === 1 && together;
  return questions >= 1 && (macs.length === 1 || pair) ? macs : [];
}
