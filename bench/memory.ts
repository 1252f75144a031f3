import { makeAccounts } from "@/e2e/support/accounts";
import { type Dashboard, makeDashboard } from "@/e2e/support/dashboard";
import { sseData } from "@/e2e/support/sse";
import { ensureUp, runLoad, SCOPE } from "@/lab/index";
import { numberArgument } from "./arguments";
import { type LiveHeap, openLiveHeap } from "./live-heap";
import { residentBytes } from "./process-memory";
import { figure, percentile, slope } from "./statistics";

/**
 * Resident size of the running dashboard with one cluster that works, and one client that listens. Garbage comes and goes in what is
 * resident, so whether it grows is told by what lives: the heap after a forced collection, once the code is warm and at the end.
 */
const EVERY_MS = 10_000;
/** The first part of the run, in which code is loaded and compiled, says nothing about growth. */
const WARM_UP_SHARE = 1 / 6;
const LOAD_TPS = 50;
const WANTED_MB = 250;
/** What lives may grow by this much over a run: caches fill up, and a leak does not stop there. */
const LIVE_GROWTH_MAX = 0.1;
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
    const warmMs = minutes * 60_000 * WARM_UP_SHARE;
    const samples = await sampleFor(warmMs, 0, dashboard, client);
    const heap = await openLiveHeap(dashboard.pid() ?? 0);
    const before = await heap.measure();
    samples.push(...(await sampleFor(minutes * 60_000 - warmMs, warmMs, dashboard, client)));
    summarise(samples, minutes);
    await judgeHeap(heap, before);
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

/** `alreadyMs`: how long the run lasted before. */
async function sampleFor(
  durationMs: number,
  alreadyMs: number,
  dashboard: Dashboard,
  client: { frames: number },
): Promise<Sample[]> {
  const samples: Sample[] = [];
  const begun = Date.now() - alreadyMs;
  if (alreadyMs === 0) console.log("\n   time    resident  frames sent");
  for (let next = Date.now(); next <= begun + alreadyMs + durationMs; next += EVERY_MS) {
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

async function judgeHeap(heap: LiveHeap, before: number): Promise<void> {
  const after = await heap.measure();
  heap.close();
  const growth = after / before - 1;
  console.log(
    `live heap after a forced collection: ${figure(before / MB, 1)} MB once warm, ${figure(after / MB, 1)} MB at the end ` +
      `(${figure(growth * 100, 1)} %); wanted flat, ≤ ${LIVE_GROWTH_MAX * 100} %: ${growth <= LIVE_GROWTH_MAX ? "met" : "NOT met"}`,
  );
}

await main();
process.exit(0);
