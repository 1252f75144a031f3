import { beforeAll, describe, expect, test } from "vitest";
import { ensureStoreHost, newStoreDatabase, storeService } from "@/lab/index";
import { openStore } from "./open";
import { storeGuarantees } from "./testing/store-guarantees";
import type { Store } from "./types";

beforeAll(async () => {
  await ensureStoreHost();
});

storeGuarantees("PostgreSQL", async () => openStore(await newStoreDatabase("store_test")));

describe("PostgreSQL that comes and goes", () => {
  const TIMEOUTS = { openMs: 2_000, readMs: 1_000, writeMs: 1_000 };
  const ping = (of: Store) => of.read((db) => db.selectFrom("meta").selectAll().execute());

  test("down at the start, it is opened later by itself", async () => {
    const url = await newStoreDatabase("store_gone");
    await storeService("kill");
    const store = openStore(url, TIMEOUTS);
    expect(await ping(store)).toMatchObject({ ok: false, failure: { kind: "unavailable" } });
    await storeService("start");
    expect(await ping(store)).toEqual({ ok: true, value: [] });
    await storeService("kill");
    expect(await ping(store)).toMatchObject({ ok: false, failure: { kind: "unavailable" } });
    await storeService("start");
    expect(await ping(store)).toEqual({ ok: true, value: [] });
    await store.close();
  });

  test("frozen, it is slow within the time-out, and a write does not wait for ever", async () => {
    const store = openStore(await newStoreDatabase("store_frozen"), TIMEOUTS);
    expect(await ping(store)).toEqual({ ok: true, value: [] });
    await storeService("freeze");
    try {
      const began = performance.now();
      const write = store.build.insertInto("meta").values({ key: "a", value: "1" }).compile();
      expect(await store.write([write])).toMatchObject({ ok: false, failure: { kind: "slow" } });
      expect(performance.now() - began).toBeLessThan(4_000);
    } finally {
      await storeService("thaw");
    }
    expect((await ping(store)).ok).toBe(true);
    await store.close();
  });

  test("a password that is refused is unavailable, and is not repeated in the text", async () => {
    const url = (await newStoreDatabase("store_refused")).replace(/:[0-9a-f]+@/, ":not-the-password@");
    const store = openStore(url, TIMEOUTS);
    const answer = await ping(store);
    expect(answer).toMatchObject({ ok: false, failure: { kind: "unavailable" } });
    expect(JSON.stringify(answer)).not.toContain("not-the-password");
    await store.close();
  });
});
