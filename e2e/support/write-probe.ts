import { Client } from "pg";
import { credentials, NETWORK, PORTS } from "@/lab/index";

/**
 * A client of the test's own that writes through the VIP's write port, again and again, on a new connection each time. It
 * shares no code with the dashboard: what it measures is what the dashboard's own figures are held against.
 *
 *     const probe = await startWriteProbe();
 *     await service("kill", leader, "all");
 *     const gap = await probe.gapAfter(killedAt, { deadlineMs: 60_000 });
 *     await probe.stop();
 */

/** One attempt to write. Times in ms since 1970, by this machine's clock, which is the dashboard's too. */
export type WriteAttempt = {
  readonly startedAt: number;
  readonly endedAt: number;
  /** Null: the write was committed. */
  readonly failure: string | null;
};

/** From the end of the last write that was committed to the end of the first one after it, with failed ones between. */
export type MeasuredGap = {
  readonly startedAt: number;
  readonly endedAt: number;
  readonly lengthMs: number;
  readonly failed: number;
  /** What the failed ones were told, and how often each. */
  readonly failures: Readonly<Record<string, number>>;
};

export type WriteProbe = {
  /** Finished attempts in the order in which they were begun. */
  attempts(): readonly WriteAttempt[];
  gaps(): readonly MeasuredGap[];
  /** Waits for the longest gap that ended after `since`; it counts once writes have gone well for a second after it. */
  gapAfter(since: number, options: { readonly deadlineMs: number }): Promise<MeasuredGap>;
  /** Ends it and drops its table. */
  stop(): Promise<void>;
};

const INTERVAL_MS = 50;
const TIMEOUT_MS = 1_000;
const IN_FLIGHT_MAX = 40;
const WELL_FOR_MS = 1_000;
const TABLE = "matriarch_write_probe";

/** Begins to write each 50 ms, whether or not the attempt before has ended; resolves after the first committed write. */
export async function startWriteProbe(): Promise<WriteProbe> {
  await runOnce(`CREATE TABLE IF NOT EXISTS ${TABLE} (at timestamptz NOT NULL DEFAULT clock_timestamp())`, 10_000);
  const done: WriteAttempt[] = [];
  let inFlight = 0;

  async function attempt(): Promise<void> {
    if (inFlight >= IN_FLIGHT_MAX) return;
    inFlight += 1;
    const startedAt = Date.now();
    const failure = await runOnce(`INSERT INTO ${TABLE} DEFAULT VALUES`, TIMEOUT_MS).then(
      () => null,
      (error: unknown) =>
        error instanceof Error ? ((error as { code?: string }).code ?? error.message) : String(error),
    );
    inFlight -= 1;
    done.push({ startedAt, endedAt: Date.now(), failure });
  }

  const timer = setInterval(() => void attempt(), INTERVAL_MS);
  const attempts = () => done.toSorted((a, b) => a.startedAt - b.startedAt);
  const stopped = async () => {
    clearInterval(timer);
    while (inFlight > 0) await pause(INTERVAL_MS);
  };
  try {
    await within(10_000, "a first write", () => (done.some((one) => one.failure === null) ? true : undefined));
  } catch (error) {
    await stopped();
    throw error;
  }

  return {
    attempts,
    gaps: () => gapsOf(attempts()),
    gapAfter: (since, { deadlineMs }) =>
      within(deadlineMs, "a write gap that is over", () => {
        const over = gapsOf(attempts()).filter(
          (gap) => gap.endedAt > since && Date.now() - gap.endedAt >= WELL_FOR_MS && wellSince(done, gap.endedAt),
        );
        return over.toSorted((a, b) => b.lengthMs - a.lengthMs)[0];
      }),
    async stop() {
      await stopped();
      await runOnce(`DROP TABLE IF EXISTS ${TABLE}`, 10_000);
    },
  };
}

const wellSince = (all: readonly WriteAttempt[], at: number): boolean =>
  all.every((one) => one.failure === null || one.startedAt < at);

/**
 * The gaps among attempts in the order in which they were begun. A failed attempt that was overtaken by a later one that
 * succeeded tells nothing of a gap.
 */
export function gapsOf(attempts: readonly WriteAttempt[]): MeasuredGap[] {
  const good = attempts.filter((one) => one.failure === null).toSorted((a, b) => a.endedAt - b.endedAt);
  return good.flatMap((before, index) => {
    const after = good[index + 1];
    if (!after) return [];
    const failed = attempts.filter(
      (one) => one.failure !== null && one.startedAt >= before.startedAt && one.startedAt <= after.startedAt,
    );
    if (failed.length === 0) return [];
    const failures: Record<string, number> = {};
    for (const { failure } of failed) failures[failure ?? ""] = (failures[failure ?? ""] ?? 0) + 1;
    const lengthMs = after.endedAt - before.endedAt;
    return [{ startedAt: before.endedAt, endedAt: after.endedAt, lengthMs, failed: failed.length, failures }];
  });
}

/** One statement on a connection of its own, with one limit over connecting and answering together. */
async function runOnce(sql: string, timeoutMs: number): Promise<void> {
  const client = new Client({
    host: NETWORK.vip,
    port: PORTS.write,
    user: "bench",
    database: "bench",
    password: credentials().bench,
    ssl: false,
    application_name: "write-probe",
  });
  client.on("error", () => undefined);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("timeout")), timeoutMs);
  });
  const work = client.connect().then(() => client.query(sql));
  work.catch(() => undefined);
  try {
    await Promise.race([work, late]);
    void client.end().catch(() => undefined);
  } catch (error) {
    client.connection.stream.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function within<T>(deadlineMs: number, what: string, ask: () => T | undefined): Promise<T> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const found = ask();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`waited ${deadlineMs} ms for ${what}`);
    await pause(INTERVAL_MS);
  }
}
