import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Store } from "@/lib/db/types";
import type { ClusterState } from "@/lib/domain/cluster-state";
import type { ClusterEvent, WriteGap } from "@/lib/domain/events/event";
import { type ClusterScope, instant } from "@/lib/domain/ids";
import type { Snapshot } from "@/lib/domain/snapshot";
import { buildSnapshot } from "@/lib/domain/snapshot/build";
import { healthyState, keyTo, NOW, patchPostgres, vipOn } from "@/lib/domain/testing/builders";
import { bareText } from "@/lib/domain/testing/samples";
import { createLive } from "@/lib/live/live";
import type { Live } from "@/lib/live/types";
import { type PastRecord, startPastRecord } from "../past-record";
import { startFlightRecorder } from "../recorder";
import { startWriter, type Writer } from "../writer";

const DAY_MS = 86_400_000;
const RETENTION = { events: 365 * DAY_MS, pictures: 30 * DAY_MS };

/** What the record of pictures, events and gaps must do on every store. `open` gives one without tables, a new one for each test. */
export function pastGuarantees(name: string, open: () => Promise<Store>): void {
  describe(`the past on ${name}`, () => {
    const scope = healthyState().spec.scope;
    let store: Store;
    let writer: Writer;
    let past: PastRecord;
    beforeEach(async () => {
      store = await open();
      writer = startWriter(store, { flushMs: 5 });
      past = startPastRecord(store, writer, RETENTION, () => NOW + DAY_MS);
    });
    afterEach(async () => {
      past.stop();
      await writer.close(1_000);
      await store.close();
    });

    async function written(): Promise<void> {
      await expect.poll(() => writer.status().waiting, { timeout: 5_000, interval: 5 }).toBe(0);
      expect(writer.status()).toMatchObject({ dropped: 0, failure: null });
    }

    /** Plays pictures through the live store, as a browser would get them, and answers those. */
    function play(boot: string, steps: readonly Step[], from: Store = store) {
      const live: Live = createLive(boot, [scope]);
      const recorder = startFlightRecorder(live, from, writer, { now: () => steps[0]?.at ?? NOW });
      const shown: Snapshot[] = [];
      let previous: Snapshot | null = null;
      let state = healthyState();
      for (const { at, change } of steps) {
        state = change(everySeen(state, at), at);
        const built = buildSnapshot(state, previous, at, bareText);
        live.publish(scope, state, built, "now");
        previous = live.snapshot(scope);
        if (previous) shown.push(previous);
      }
      live.close();
      return { shown, recorder };
    }

    const plain = (snapshot: Snapshot | undefined) => JSON.parse(JSON.stringify(snapshot)) as unknown;

    test("a picture comes back as it was shown, and every sentence in its order", async () => {
      const { shown } = play("boot-1", [
        step(0),
        step(1_000, (s, at) => keyTo(s, null, "900", at)),
        step(1_100, (s, at) => keyTo(s, "node2", "901", at)),
        step(1_200, (s, at) => patchPostgres(s, "node1", { inRecovery: true }, at)),
        step(2_000, (s, at) => patchPostgres(s, "node2", { inRecovery: false, timeline: 8 }, at)),
        step(2_500, (s, at) => vipOn(s, "node2", at)),
        step(20_000),
      ]);
      await written();
      const back = await past.read.snapshots(scope, NOW, NOW + 60_000, 100);
      expect(back.ok && back.value.map(plain)).toEqual(shown.map(plain));
      const at = await past.read.snapshotAt(scope, NOW + 1_150);
      expect(at.ok && at.value?.writePath.message).toEqual(shown[2]?.writePath.message);
    });

    test("of quiet pictures one each 10 s is kept, and a whole one each 5 min; any change may be deleted alone", async () => {
      play(
        "boot-1",
        Array.from({ length: 700 }, (_, i) => step(i * 1_000, (_state, now) => healthyState({ now }))),
      );
      await written();
      const marks = await past.read.frames(scope, NOW, NOW + 700_000, 1_000);
      expect(marks.ok && marks.value.length).toBe(70);
      const wholes = await store.read((db) =>
        db.selectFrom("frame").select("at").whereRef("at", "=", "key_at").orderBy("at").execute(),
      );
      expect(wholes.ok && wholes.value.map(({ at }) => at - NOW)).toEqual([0, 300_000, 600_000]);
      await store.write([
        store.build
          .deleteFrom("frame")
          .where("at", "=", NOW + 10_000)
          .compile(),
      ]);
      const back = await past.read.snapshots(scope, NOW, NOW + 700_000, 1_000);
      expect(back.ok && back.value.length).toBe(69);
    });

    test("after a day quiet pictures go, and those that told something stay; after their time all go", async () => {
      play("boot-1", [
        step(-2 * DAY_MS),
        step(-2 * DAY_MS + 15_000),
        step(-2 * DAY_MS + 16_000, (s, at) => vipOn(s, "node2", at)),
      ]);
      play("boot-0", [step(-40 * DAY_MS), step(-40 * DAY_MS + 5_000, (s, at) => vipOn(s, "node3", at))]);
      await written();
      past.thin();
      await written();
      const marks = await past.read.frames(scope, 0, NOW, 100);
      expect(marks.ok && marks.value.map(({ at, urgent }) => [at - NOW + 2 * DAY_MS, urgent])).toEqual([
        [0, true],
        [16_000, true],
      ]);
      const back = await past.read.snapshotAt(scope, NOW - 2 * DAY_MS + 16_000);
      expect(back.ok && back.value?.vip?.holders).toEqual(["node2"]);
    });

    test("where nobody looked there is no picture: before, between two runs, and after the last", async () => {
      play("boot-1", [step(0), step(10_000)]);
      const second = play("boot-2", [step(300_000), step(310_000)]);
      second.recorder.stop();
      await written();
      const seen = async (ms: number) => {
        const answer = await past.read.pictureAt(scope, NOW + ms);
        return answer.ok ? (answer.value?.boot ?? null) : "failed";
      };
      expect(await seen(-1)).toBeNull();
      expect(await seen(9_999)).toBe("boot-1");
      expect(await seen(24_000)).toBe("boot-1");
      expect(await seen(26_000)).toBeNull();
      expect(await seen(299_999)).toBeNull();
      expect(await seen(305_000)).toBe("boot-2");
      expect(await seen(400_000)).toBeNull();
    });

    test("a run tells that it began, how the one before ended, and what changed in between", async () => {
      play("boot-1", [step(0), step(10_000)]);
      await written();
      const second = play("boot-2", [step(300_000, (s, at) => vipOn(s, "node2", at))]);
      await expect.poll(async () => (await kinds()).includes("vip")).toBe(true);
      second.recorder.stop();
      await written();
      play("boot-3", [step(400_000)]);
      await expect.poll(async () => (await kinds()).filter((kind) => kind === "dashboard").length).toBe(4);
      const all = await past.read.events(scope, QUERY);
      const told = all.ok ? [...all.value].reverse() : [];
      expect(told.filter(({ kind }) => kind === "dashboard").map(({ text }) => text.key)).toEqual([
        "event.dashboard.started",
        "event.dashboard.started-crash",
        "event.dashboard.stopped",
        "event.dashboard.started-after",
      ]);
      expect(told.find(({ kind }) => kind === "vip")).toMatchObject({ notBefore: instant(NOW + 10_000) });
      expect(told.filter(({ kind }) => kind === "history")).toHaveLength(1);
    });

    test("what another dashboard draws while this one asks for the past is not taken for what was before", async () => {
      let answer = () => {};
      const asked = new Promise<void>((resolve) => {
        answer = resolve;
      });
      const slow: Store = { ...store, read: (query) => asked.then(() => store.read(query)) };
      play("boot-1", [step(0), step(10_000)], slow);
      play("boot-2", [step(300_000, (s, at) => vipOn(s, "node2", at))], slow);
      await written();
      answer();
      await expect.poll(async () => (await kinds()).filter((kind) => kind === "dashboard").length).toBe(2);
      await expect.poll(async () => (await kinds()).includes("vip")).toBe(true);
      const all = await past.read.events(scope, { ...QUERY, kinds: ["vip"] });
      expect(all.ok && all.value.map(({ notBefore }) => notBefore)).toEqual([instant(NOW + 10_000)]);
    });

    async function kinds(): Promise<readonly string[]> {
      const all = await past.read.events(scope, QUERY);
      return all.ok ? all.value.map(({ kind }) => kind) : [];
    }

    test("events are found by time, kind, severity, subject and words, page by page, newest first", async () => {
      past.writeEvents([
        event(scope, 1, {
          kind: "vip",
          subject: "10.0.0.200",
          text: { key: "event.vip.moved", params: { to: "node2" } },
        }),
        event(scope, 2, { kind: "leader", severity: "warn", subject: "node2" }),
        event(scope, 3, { kind: "configuration", data: { differences: [{ path: "ttl", after: "Предел_50%" }] } }),
        event(scope, 4, { kind: "leader", severity: "critical", subject: "node3" }),
      ]);
      await written();
      const found = async (query: Partial<typeof QUERY>) => {
        const answer = await past.read.events(scope, { ...QUERY, ...query });
        return answer.ok ? answer.value.map(({ at }) => (Date.parse(at) - NOW) / 1_000) : answer.failure;
      };
      expect(await found({})).toEqual([4, 3, 2, 1]);
      expect(await found({ from: NOW + 2_000, to: NOW + 3_000 })).toEqual([3, 2]);
      expect(await found({ kinds: ["leader"] })).toEqual([4, 2]);
      expect(await found({ severities: ["critical"] })).toEqual([4]);
      expect(await found({ subject: "node2" })).toEqual([2]);
      expect(await found({ search: "node2" })).toEqual([2, 1]);
      expect(await found({ search: "VIP node2" })).toEqual([1]);
      expect(await found({ search: "предел_50%" })).toEqual([3]);
      expect(await found({ search: "params" })).toEqual([]);
      expect(await found({ search: "100%" })).toEqual([]);
      const first = await past.read.events(scope, { ...QUERY, limit: 2 });
      expect(await found({ limit: 2, beforeId: (first.ok && first.value.at(-1)?.id) || 0 })).toEqual([2, 1]);
    });

    test("the same happening is kept once", async () => {
      const once = event(scope, 1, { dedupe: "history:7" });
      past.writeEvents([once, once, event(scope, 1, {}), event(scope, 1, {})]);
      await written();
      expect(await kinds()).toHaveLength(3);
    });

    test("a gap grows until it ends, ends once, and is then an event", async () => {
      const gap: WriteGap = {
        scope,
        startedAt: instant(NOW),
        endedAt: null,
        attempts: 1,
        failures: { refused: 1 },
        from: "node1",
        to: null,
      };
      past.writeGap(gap);
      past.writeGap({ ...gap, attempts: 5 });
      past.writeGap({ ...gap, attempts: 9, endedAt: instant(NOW + 3_200), to: "node2" });
      past.writeGap({ ...gap, attempts: 5 });
      await written();
      const overlapping = await past.read.gaps(scope, NOW + 1_000, NOW + 2_000);
      expect(overlapping.ok && overlapping.value).toEqual([
        { ...gap, attempts: 9, endedAt: instant(NOW + 3_200), to: "node2" },
      ]);
      const after = await past.read.gaps(scope, NOW + 4_000, NOW + 5_000);
      expect(after.ok && after.value).toEqual([]);
      const told = await past.read.events(scope, QUERY);
      expect(told.ok && told.value.map(({ kind, text }) => [kind, text.params])).toEqual([
        ["write-gap", { seconds: 3.2, from: "node1", to: "node2" }],
      ]);
    });
  });
}

type Step = { readonly at: number; readonly change: (state: ClusterState, at: number) => ClusterState };
const step = (afterMs: number, change: Step["change"] = (state) => state): Step => ({ at: NOW + afterMs, change });

const QUERY = {
  from: null as number | null,
  to: null as number | null,
  kinds: null as readonly ClusterEvent["kind"][] | null,
  severities: null as readonly string[] | null,
  subject: null as string | null,
  search: null as string | null,
  beforeId: null as number | null,
  limit: 100,
};

const event = (scope: ClusterScope, second: number, over: Partial<ClusterEvent>): ClusterEvent => ({
  scope,
  at: instant(NOW + second * 1_000),
  notBefore: null,
  kind: "role",
  severity: "info",
  subject: "node1",
  text: { key: "event.role", params: {} },
  data: {},
  source: "observed",
  dedupe: null,
  ...over,
});

/** Every system answered again at `at` as before, so that nothing is stale. */
function everySeen(state: ClusterState, at: number): ClusterState {
  const fresh = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    if ("good" in value && "last" in value && value.good) {
      return { ...value, good: { ...value.good, at }, last: { at, tookMs: 2, failure: null } };
    }
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fresh(one)]));
  };
  const { spec, roster, ...looks } = state;
  return { ...(fresh(looks) as Omit<ClusterState, "spec" | "roster">), spec, roster };
}
