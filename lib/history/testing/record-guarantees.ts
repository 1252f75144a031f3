import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SeriesAnswer, SeriesQuery } from "@/lib/contract/series";
import type { Store } from "@/lib/db/types";
import { clusterScope } from "@/lib/domain/ids";
import { type SampleRecord, startSampleRecord } from "../sample-record";
import { createFold } from "../samples/fold";
import { insertBuckets, insertSeries } from "../samples/statements";
import { FINEST, type SampleRetention, TIERS } from "../samples/tiers";
import { startWriter, type Writer } from "../writer";

const SCOPE = clusterScope("demo");
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const RETENTION: SampleRetention = { "2s": HOUR, "10s": DAY, "1m": 30 * DAY, "10m": 365 * DAY };
/** A whole multiple of every tier. */
const T0 = Date.UTC(2026, 10, 21, 3, 0, 0);

/** What the record must do on both kinds of store. `open` gives an empty store, a new one for each test. */
export function recordGuarantees(name: string, open: () => Promise<Store>): void {
  describe(`the record on ${name}`, () => {
    let store: Store;
    let writer: Writer;
    let record: SampleRecord;
    let now = T0;

    const begin = () => {
      writer = startWriter(store, { flushMs: 5, now: () => now });
      record = startSampleRecord(store, writer, RETENTION, () => now);
    };
    beforeEach(async () => {
      now = T0;
      store = await open();
      begin();
    });
    afterEach(async () => {
      record.stop();
      await writer.close(5_000);
      await store.close();
    });

    const observe = (at: number, value: number, subject = "node2") =>
      record.samples(SCOPE, [{ metric: "replay-lag-bytes", subject, detail: "", at, value }]);

    /** Puts a run of observations into the store, every 2 s of `[from, to)`, as the writer would. */
    async function history(from: number, to: number, value: (at: number) => number | null, subject = "node2") {
      const fold = createFold();
      for (let at = from; at < to; at += 2_000) {
        const figure = value(at);
        if (figure !== null) {
          fold.add(SCOPE, [{ metric: "replay-lag-bytes", subject, detail: "", at, value: figure }]);
        }
      }
      const buckets = fold.take(Number.POSITIVE_INFINITY);
      const [first] = buckets;
      if (!first) return;
      for (let i = 0; i < buckets.length; i += 5_000) {
        const part = buckets.slice(i, i + 5_000);
        const written = await store.write([
          insertSeries(store.kind, first),
          ...insertBuckets(store.kind, FINEST, part),
        ]);
        expect(written).toEqual({ ok: true, value: undefined });
      }
    }

    async function series(query: Partial<SeriesQuery> = {}): Promise<SeriesAnswer> {
      const answer = await record.series(SCOPE, {
        metric: "replay-lag-bytes",
        subjects: null,
        from: T0,
        to: now,
        points: 300,
        ...query,
      });
      if (!answer.ok) throw new Error(answer.failure.text);
      return answer.value;
    }
    const rows = (table: (typeof TIERS)[number]["table"]) =>
      store.read((db) => db.selectFrom(table).selectAll().orderBy("at").execute()).then((a) => (a.ok ? a.value : []));
    const flushed = async () => {
      for (let i = 0; writer.status().waiting > 0; i += 1) {
        if (i > 1_000) throw new Error("not written within 5 s");
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };

    test("what was observed comes back as lowest, mean and highest of its step", async () => {
      observe(T0, 10);
      observe(T0 + 500, 30);
      observe(T0 + 2_000, 5);
      now = T0 + 10_000;
      record.stop();
      await flushed();
      const answer = await series({ to: T0 + 4_000 });
      expect(answer).toMatchObject({ tier: "2s", stepMs: 2_000, unit: "bytes" });
      expect(answer.lines).toEqual([
        {
          subject: "node2",
          detail: "",
          points: [
            { at: T0 + 1_000, min: 10, mean: 20, max: 30 },
            { at: T0 + 3_000, min: 5, mean: 5, max: 5 },
          ],
        },
      ]);
    });

    test("a spike of one observation is in every tier after thinning out, with its height", async () => {
      const spike = T0 + 94 * 60_000;
      await history(T0, T0 + 2 * HOUR, (at) => (at === spike ? 1e9 : at === spike + 2_000 ? -7 : 100));
      now = T0 + 2 * HOUR;
      for (let i = 0; i < 3; i += 1) await record.keeper.round();
      for (const { table, ms } of TIERS) {
        const all = await rows(table);
        expect([table, Math.max(...all.map(({ max }) => max)), Math.min(...all.map(({ min }) => min))]).toEqual([
          table,
          1e9,
          -7,
        ]);
        expect(all.every(({ at }) => at % ms === 0)).toBe(true);
      }
      const coarse = await rows("sample_10m");
      expect(coarse.reduce((sum, { count }) => sum + count, 0)).toBe((11 * 10 * 60) / 2);
    });

    test("rolling up is the same when it is interrupted, repeated and resumed by another process", async () => {
      await history(T0, T0 + 40 * 60_000, (at) => at % 7_001);
      now = T0 + 25 * 60_000;
      await record.keeper.round();
      record.stop();
      now = T0 + 41 * 60_000;
      begin();
      await record.keeper.round();
      await record.keeper.round();
      const once = await rows("sample_1m");
      await store.write([store.build.deleteFrom("meta").compile()]);
      await record.keeper.round();
      expect(await rows("sample_1m")).toEqual(once);
      expect(once).toHaveLength(40);
      expect(once[0]).toMatchObject({ at: T0, count: 30 });
    });

    test("the newest stretch of a coarse answer comes from the finer tiers until it is rolled up", async () => {
      now = T0 + 6 * HOUR + 90_000;
      await history(now - 50 * 60_000, now, (at) => (at >= now - 4_000 ? 999 : 1));
      await record.keeper.round();
      const answer = await series({ from: now - 6 * HOUR, to: now, points: 200 });
      expect(answer.tier).toBe("1m");
      expect(answer.lines[0]?.points.at(-1)).toMatchObject({ max: 999 });
    });

    test("retention deletes what is old of each tier, and never what the next one has not got yet", async () => {
      await history(T0, T0 + 3 * HOUR, () => 1);
      now = T0 + 3 * HOUR;
      for (let i = 0; i < 3; i += 1) await record.keeper.round();
      const finest = await rows("sample_2s");
      expect(finest[0]?.at).toBe(T0 + 2 * HOUR);
      expect((await rows("sample_10s"))[0]?.at).toBe(T0);
      now = T0 + 20 * DAY;
      record.stop();
      begin();
      await record.keeper.round();
      expect(await rows("sample_10s").then((all) => all.length)).toBe(0);
      expect((await rows("sample_1m"))[0]?.at).toBe(T0);
    });

    test("a stretch without observations is a hole, never a line across it", async () => {
      await history(T0, T0 + 10 * 60_000, (at) => (at >= T0 + 120_000 && at < T0 + 180_000 ? null : 4));
      now = T0 + 10 * 60_000;
      const { lines } = await series({ points: 320 });
      const inHole = lines[0]?.points.filter(({ at }) => at > T0 + 120_000 && at < T0 + 180_000) ?? [];
      expect(inHole.length).toBeGreaterThan(20);
      expect(inHole.every(({ mean, min, max }) => mean === null && min === null && max === null)).toBe(true);
      expect(lines[0]?.points.filter(({ mean }) => mean === null)).toHaveLength(inHole.length);
    });

    test("a range before the first look says since when the metric is kept: when it was first observed, never later", async () => {
      const first = T0 + 34_000;
      now = first + 10 * 60_000;
      const before = { from: T0 - DAY, to: T0 };
      expect((await series(before)).recordedSince).toBeNull();
      await history(first, now, () => 1);
      await history(first + 4_000, now, () => 1, "node3");
      await record.keeper.round();
      expect(await rows("sample_10m")).not.toEqual([]);
      const empty = await series(before);
      expect([empty.lines, empty.recordedSince]).toEqual([[], new Date(first).toISOString()]);
      const node3 = await series({ ...before, subjects: ["node3"] });
      expect(node3.recordedSince).toBe(new Date(first + 4_000).toISOString());
      expect((await series({ ...before, metric: "transactions-per-second" })).recordedSince).toBeNull();
    });

    test("only the subjects that were asked for come, at most as many points as asked for", async () => {
      await history(T0, T0 + HOUR, () => 4, "node1");
      await history(T0, T0 + HOUR, () => 4, "node3");
      now = T0 + HOUR;
      const answer = await series({ subjects: ["node3", "nobody"], points: 50 });
      expect(answer.lines.map(({ subject }) => subject)).toEqual(["node3"]);
      expect(answer.lines[0]?.points.length).toBeLessThanOrEqual(50);
      expect(await series({ subjects: [] }).then(({ lines }) => lines)).toEqual([]);
      expect(await series({ metric: "haproxy-queue" }).then(({ lines }) => lines)).toEqual([]);
    });
  });
}
