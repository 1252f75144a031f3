import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runLoad, switchover } from "@/lab/index";
import type { Finding, Severity } from "@/lib/domain/findings/finding";
import type { Accounts } from "../support/accounts";
import { makeDashboard, RESULTS } from "../support/dashboard";
import { followersOf, steady } from "../support/steady";
import { until } from "../support/until";
import { startWriteProbe } from "../support/write-probe";
import { recover } from "./scene";

const SWITCHOVERS = 3;
const CLIENTS = 4;
const LOAD_RATE = 100;
/** What passes within so long of a switchover's beginning belongs to it, in ms. */
const HANDOVER_MS = 30_000;

type Tally = {
  severity: Severity;
  pictures: number;
  firstAt: string;
  lastAt: string;
  during: "switchover" | "between" | "both";
};

/** A healthy cluster under load with three switchovers: prints everything that was found; true when none of it was critical. */
export async function runHealthy(length: string, accounts: Accounts): Promise<boolean> {
  const lengthMs = parseLength(length);
  await recover();
  const dashboard = await makeDashboard({ name: "healthy", accounts });
  await dashboard.start();
  await dashboard.ready();
  const recorder = dashboard.record();
  const load = new AbortController();
  const loading = runLoad({ seconds: lengthMs / 1_000 + 60, clients: CLIENTS, rate: LOAD_RATE, signal: load.signal });
  const began = Date.now();
  const handovers: number[] = [];
  const probe = await startWriteProbe();
  try {
    for (let i = 1; i <= SWITCHOVERS; i += 1) {
      await reached(began + (lengthMs * i) / (SWITCHOVERS + 1));
      const { leaderKey } = await steady();
      const candidate = followersOf(leaderKey)[i % 2];
      handovers.push(Date.now());
      const answer = await switchover(candidate);
      if (answer.status !== 200) throw new Error(`switchover: ${answer.status} ${answer.text}`);
      console.log(
        `switchover ${i}: ${leaderKey} → ${(await steady()).leaderKey}, after ${minutes(Date.now() - began)}`,
      );
    }
    await reached(began + lengthMs);
  } finally {
    load.abort();
    recorder.stop();
    await probe.stop();
    await dashboard.stop();
    await loading;
  }
  const inHandover = (at: number) => handovers.some((begun) => at >= begun && at <= begun + HANDOVER_MS);
  const tallies = new Map<string, Tally>();
  const changed = recorder.frames.filter(
    ({ snapshot }, i) => i === 0 || snapshot.findings !== recorder.frames[i - 1]?.snapshot.findings,
  );
  for (const { arrivedAt, snapshot } of recorder.frames) {
    for (const finding of snapshot.findings) count(tallies, finding, snapshot.at, inHandover(arrivedAt));
  }
  const seen = Object.fromEntries(tallies);
  console.table(seen);
  const file = join(RESULTS, "healthy.json");
  mkdirSync(RESULTS, { recursive: true });
  const gaps = probe.gaps().map(({ lengthMs: ms }) => ms);
  const facts = { at: new Date().toISOString(), lengthMs, switchovers: handovers.length, writeGapsMs: gaps };
  writeFileSync(file, `${JSON.stringify({ ...facts, pictures: recorder.frames.length, findings: seen }, null, 2)}\n`);
  const critical = [...tallies].filter(([, { severity }]) => severity === "critical");
  const loud = [...tallies].filter(([, { severity, during }]) => severity !== "info" && during !== "switchover");
  console.log(
    `${minutes(lengthMs)} under load, ${handovers.length} switchovers, ${recorder.frames.length} pictures (${changed.length} with other findings): ` +
      `${critical.length} critical, ${loud.length} worth a warning outside of the switchovers; ${file}`,
  );
  return critical.length === 0 && loud.length === 0;
}

function count(tallies: Map<string, Tally>, { id, severity }: Finding, at: string, handover: boolean): void {
  const during = handover ? "switchover" : "between";
  const tally = tallies.get(id);
  if (!tally) {
    tallies.set(id, { severity, pictures: 1, firstAt: at, lastAt: at, during });
    return;
  }
  if (severity === "critical") tally.severity = severity;
  tally.pictures += 1;
  tally.lastAt = at;
  if (tally.during !== during) tally.during = "both";
}

function parseLength(text: string): number {
  const [, figure, unit] = /^(\d+)(s|m|h)$/.exec(text) ?? [];
  if (!figure || !unit) throw new Error(`--healthy takes a length of time such as 30m, not "${text}"`);
  return Number(figure) * { s: 1_000, m: 60_000, h: 3_600_000 }[unit as "s" | "m" | "h"];
}

const minutes = (ms: number): string => `${(ms / 60_000).toFixed(1)} min`;

/** Resolves at that moment. */
const reached = (at: number): Promise<unknown> =>
  until(() => (Date.now() >= at ? true : undefined), {
    deadlineMs: Math.max(0, at - Date.now()) + 5_000,
    everyMs: 250,
    what: "the time",
  });
