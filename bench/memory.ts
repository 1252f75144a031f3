import { makeAccounts } from "@/e2e/support/accounts";
import { type Dashboard, makeDashboard } from "@/e2e/support/dashboard";
import { sseData } from "@/e2e/support/sse";
import { ensureUp, runLoad, SCOPE } from "@/lab/index";
import { numberArgument } from "./arguments";
import { residentBytes } from "./process-memory";
import { figure, percentile, slope } from "./statistics";

/** Resident size of the running dashboard with one cluster that works, and one client that listens. */
const EVERY_MS = 10_000;
/** The first part of the run, in which code is loaded and compiled, says nothing about growth. */
const WARM_UP_SHARE = 1 / 6;
const LOAD_TPS = 50;
const WANTED_MB = 250;
const MB = 1024 * 1024;

type Sample = { readonly seconds: number; readonly megabytes: number; readonly frames: number };

async function main(): Promise<void> {
  const minutes = numberArgument("minutes", 30);
  await ensureUp({ report: (line) => console.log(`lab: ${line}`) });
  const dashboard = await makeDashboard({ name: "bench-memory", accounts: await makeAccounts() });
  await dashboard.start();
  await dashboard.ready();
  const ending = new AbortController();
  const client = listen(dashboard, ending.signal);
  const load = runLoad({ seconds: minutes * 60, rate: LOAD_TPS, signal: ending.signal });
  load.catch((error: unknown) => console.error("the load ended:", error));
  try {
    const samples = await sampleFor(minutes * 60_000, dashboard, client);
    summarise(samples, minutes);
  } finally {
    ending.abort();
    await load.catch(() => undefined);
    await dashboard.stop();
  }
}

/** A client that reads the stream and keeps nothing of it. */
function listen(dashboard: Dashboard, signal: AbortSignal): { frames: number } {
  const seen = { frames: 0 };
  const read = async () => {
    const answer = await fetch(`${dashboard.baseUrl}/api/v1/stream?scope=${SCOPE}`, {
      headers: { authorization: `Bearer ${dashboard.accounts.token}` },
      signal,
    });
    if (!answer.body) throw new Error("the stream has no body");
    for await (const _ of sseData(answer.body)) seen.frames += 1;
  };
  read().catch((error: unknown) => {
    if (!signal.aborted) console.error("the stream ended:", error);
  });
  return seen;
}

async function sampleFor(durationMs: number, dashboard: Dashboard, client: { frames: number }): Promise<Sample[]> {
  const samples: Sample[] = [];
  const begun = Date.now();
  console.log("\n   time    resident  frames sent");
  for (let next = begun; next <= begun + durationMs; next += EVERY_MS) {
    await new Promise((resolve) => setTimeout(resolve, next - Date.now()));
    const pid = dashboard.pid();
    const bytes = pid === null ? null : residentBytes(pid);
    if (bytes === null) throw new Error(`the dashboard is gone; see ${dashboard.logFile}`);
    const sample = { seconds: (Date.now() - begun) / 1000, megabytes: bytes / MB, frames: client.frames };
    samples.push(sample);
    console.log(
      `${figure(sample.seconds).padStart(5)} s  ${figure(sample.megabytes, 1).padStart(7)} MB  ${sample.frames}`,
    );
  }
  return samples;
}

function summarise(samples: readonly Sample[], minutes: number): void {
  const warm = samples.filter((sample) => sample.seconds >= minutes * 60 * WARM_UP_SHARE);
  const sizes = warm.map((sample) => sample.megabytes);
  const growth = slope(warm.map(({ seconds, megabytes }) => ({ x: seconds / 3600, y: megabytes })));
  const last = samples.at(-1)?.megabytes ?? null;
  console.log(
    `\nresident after ${minutes} min: ${figure(last, 1)} MB; after warm-up min ${figure(percentile(sizes, 0), 1)}, ` +
      `median ${figure(percentile(sizes, 0.5), 1)}, max ${figure(percentile(sizes, 1), 1)} MB; slope ${figure(growth, 1)} MB/h`,
  );
  console.log(`wanted: ≤ ${WANTED_MB} MB: ${Math.max(...sizes) <= WANTED_MB ? "met" : "NOT met"}`);
}

await main();
process.exit(0);
