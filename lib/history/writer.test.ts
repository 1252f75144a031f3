import type { CompiledQuery } from "kysely";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { builderOf } from "@/lib/db/builder";
import type { Store, Stored, StoreFailure } from "@/lib/db/types";
import { clusterScope } from "@/lib/domain/ids";
import type { Bucket } from "./samples/fold";
import { seriesIdOf } from "./samples/series-id";
import { startWriter, type Writer, type WriterOptions } from "./writer";

const T0 = Date.UTC(2026, 10, 21, 3, 0, 0);
const OK: Stored<void> = { ok: true, value: undefined };
const failing = (kind: StoreFailure["kind"]): Stored<void> => ({ ok: false, failure: { kind, text: kind } });

describe("the way into the store", () => {
  let batches: CompiledQuery[][];
  let answer: (statements: readonly CompiledQuery[]) => Stored<void> | Promise<Stored<void>>;
  let writer: Writer;
  const build = builderOf("sqlite");
  const store: Store = {
    kind: "sqlite",
    build,
    read: () => Promise.reject(new Error("nobody reads here")),
    write: async (statements) => {
      batches.push([...statements]);
      return answer(statements);
    },
    close: async () => undefined,
  };
  const start = (options: WriterOptions = {}) => {
    writer = startWriter(store, options);
  };
  const put = (key: string) => writer.put(build.insertInto("meta").values({ key, value: "" }).compile());
  const keys = () => batches.flat().flatMap(({ parameters }) => parameters.filter((one) => one !== ""));
  const bucket = (at: number): Bucket => {
    const series = { scope: clusterScope("s"), metric: "connections", subject: "a", detail: "" } as const;
    return { id: seriesIdOf(series), series, at, min: 1, max: 1, sum: 1, count: 1 };
  };
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  beforeEach(() => {
    vi.useFakeTimers({ now: T0 });
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    batches = [];
    answer = () => OK;
  });
  afterEach(async () => {
    answer = () => OK;
    const closed = writer.close(100);
    await pass(200);
    await closed;
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  test("what is handed over within half a second goes as one transaction, in its order", async () => {
    start();
    await pass(1);
    for (const key of ["a", "b", "c"]) put(key);
    writer.buckets([bucket(T0), bucket(T0 + 2_000)]);
    await pass(500);
    expect(batches).toHaveLength(1);
    expect(keys().slice(0, 3)).toEqual(["a", "b", "c"]);
    expect(writer.status()).toMatchObject({ state: "ok", waiting: 0, dropped: 0, lastWriteAt: T0 + 500 });
  });

  test("a store that fails: nothing is lost, nothing thrown, and it is tried ever more slowly until it takes", async () => {
    start();
    answer = () => failing("unavailable");
    put("a");
    await pass(60_000);
    const tries = batches.length;
    expect(tries).toBeGreaterThan(8);
    expect(tries).toBeLessThan(20);
    expect(writer.status()).toMatchObject({ state: "failing", waiting: 1, dropped: 0, lastWriteAt: null });
    expect(writer.status().since).toBeLessThan(T0 + 1_000);
    answer = () => OK;
    put("b");
    await pass(5_500);
    expect(keys().slice(-2)).toEqual(["a", "b"]);
    expect(writer.status()).toMatchObject({ state: "ok", waiting: 0, failure: null });
    expect(writer.status().since).toBeGreaterThan(T0 + 60_000);
  });

  test("a store that takes long is late, and is so from when it is so", async () => {
    start();
    answer = () => new Promise((resolve) => setTimeout(() => resolve(OK), 9_000));
    await pass(500);
    put("a");
    await pass(5_000);
    expect(writer.status().state).toBe("ok");
    await pass(1_000);
    expect(writer.status().state).toBe("behind");
    await pass(5_000);
    expect(writer.status()).toMatchObject({ state: "ok", waiting: 0 });
  });

  test("memory is bounded: oldest samples go first, then oldest statements, and every one is counted", async () => {
    start({ limits: { rows: 4, bytes: 1_000_000 } });
    answer = () => failing("full");
    writer.buckets([bucket(T0), bucket(T0 + 2_000), bucket(T0 + 4_000)]);
    for (const key of ["a", "b", "c"]) put(key);
    expect(writer.status()).toMatchObject({ waiting: 4, dropped: 2 });
    expect(writer.oldestBucket()).toBe(T0 + 4_000);
    for (const key of ["d", "e"]) put(key);
    expect(writer.status()).toMatchObject({ waiting: 4, dropped: 4 });
    answer = () => OK;
    await pass(6_000);
    expect(keys()).toEqual(["b", "c", "d", "e"]);
  });

  test("large pictures are bounded by their bytes as well", async () => {
    start({ limits: { rows: 1_000, bytes: 10_000 } });
    answer = () => failing("full");
    for (let i = 0; i < 20; i += 1) {
      const body = new Uint8Array(1_000);
      const frame = { scope: "s", at: i, seq: 0, boot: "b", version: i, key_at: i, urgent: 0, body };
      writer.put(build.insertInto("frame").values(frame).compile());
    }
    expect(writer.status().waiting).toBeLessThanOrEqual(10);
    expect(writer.status().dropped).toBeGreaterThanOrEqual(10);
  });

  test("one row that the store refuses does not hold up what is behind it", async () => {
    start();
    answer = (statements) => (statements.some(({ parameters }) => parameters[0] === "bad") ? failing("failed") : OK);
    for (const key of ["a", "bad", "c"]) put(key);
    await pass(600);
    expect(writer.status()).toMatchObject({ state: "ok", waiting: 0, dropped: 1 });
    expect(keys()).toContain("c");
  });

  test("a store that refuses everything keeps what waits: it is the store, not the rows", async () => {
    start();
    answer = () => failing("failed");
    for (const key of ["a", "b"]) put(key);
    await pass(2_000);
    expect(writer.status()).toMatchObject({ state: "failing", waiting: 2, dropped: 0 });
  });

  test("closing writes what waits, and does not wait for a store that hangs", async () => {
    start();
    await pass(1);
    put("a");
    await writer.close(1_000);
    expect(keys()).toEqual(["a"]);
    put("b");
    expect(writer.status().waiting).toBe(0);

    start();
    await pass(1);
    answer = () => new Promise(() => undefined);
    put("c");
    const closing = writer.close(1_000);
    await pass(1_000);
    await closing;
  });
});
