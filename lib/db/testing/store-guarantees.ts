import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Store } from "../types";

/** What both kinds of store must do alike. `open` gives a store without tables, a new one for each test. */
export function storeGuarantees(name: string, open: () => Promise<Store>): void {
  describe(`a store on ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    const metas = () => store.read((db) => db.selectFrom("meta").selectAll().orderBy("key").execute());
    const meta = (key: string, value: string) => store.build.insertInto("meta").values({ key, value }).compile();

    test("makes its tables at the first use, by whichever of many uses comes first", async () => {
      const answers = await Promise.all([metas(), metas(), store.write([meta("a", "1")])]);
      expect(answers.map((one) => one.ok)).toEqual([true, true, true]);
      expect(await metas()).toEqual({ ok: true, value: [{ key: "a", value: "1" }] });
    });

    test("writes a batch whole or not at all, and says what was refused", async () => {
      expect(await store.write([meta("a", "1"), meta("b", "2"), meta("a", "3")])).toMatchObject({
        ok: false,
        failure: { kind: "failed" },
      });
      expect(await metas()).toEqual({ ok: true, value: [] });
      expect(await store.write([meta("a", "1")])).toEqual({ ok: true, value: undefined });
    });

    test("gives back numbers, bytes, texts and nulls as they were put in", async () => {
      const body = new Uint8Array(Buffer.from([0, 1, 2, 255]));
      const at = 1_795_000_000_123;
      await store.write([
        store.build
          .insertInto("frame")
          .values({ scope: "s", at, seq: 1, boot: "b", version: 7, key_at: at, urgent: 1, body })
          .compile(),
        store.build
          .insertInto("sample_2s")
          .values({ series_id: 2 ** 48 - 1, at, min: -0.5, max: 1e18, sum: 0, count: 3 })
          .compile(),
        store.build
          .insertInto("event")
          .values({ scope: "s", at, kind: "k", severity: "info", subject: "п\"'", body: "{}", dedupe: null })
          .compile(),
      ]);
      const frame = await store.read((db) => db.selectFrom("frame").selectAll().executeTakeFirstOrThrow());
      expect(frame.ok && { ...frame.value, body: [...frame.value.body] }).toEqual({
        scope: "s",
        at,
        seq: 1,
        boot: "b",
        version: 7,
        key_at: at,
        urgent: 1,
        body: [0, 1, 2, 255],
      });
      expect(await store.read((db) => db.selectFrom("sample_2s").selectAll().execute())).toEqual({
        ok: true,
        value: [{ series_id: 2 ** 48 - 1, at, min: -0.5, max: 1e18, sum: 0, count: 3 }],
      });
      expect(await store.read((db) => db.selectFrom("event").selectAll().execute())).toEqual({
        ok: true,
        value: [{ id: 1, scope: "s", at, kind: "k", severity: "info", subject: "п\"'", body: "{}", dedupe: null }],
      });
    });

    test("divides whole numbers as whole numbers", async () => {
      const answer = await store.read((db) =>
        sql<{ n: number }>`select (cast(${17} as bigint) - ${2}) / ${10} as n`.execute(db),
      );
      expect(answer.ok && answer.value.rows).toEqual([{ n: 1 }]);
    });

    test("the same happening is kept once; what has no key is kept each time", async () => {
      const event = (dedupe: string | null) =>
        store.build
          .insertInto("event")
          .values({ scope: "s", at: 1, kind: "k", severity: "info", subject: "x", body: "{}", dedupe })
          .onConflict((conflict) => conflict.doNothing())
          .compile();
      await store.write([event("one"), event("one"), event(null), event(null)]);
      const rows = await store.read((db) => db.selectFrom("event").select("dedupe").orderBy("id").execute());
      expect(rows.ok && rows.value.map((row) => row.dedupe)).toEqual(["one", null, null]);
    });

    test("after close it answers unavailable and hangs nobody", async () => {
      await store.write([meta("a", "1")]);
      await store.close();
      expect(await metas()).toMatchObject({ ok: false, failure: { kind: "unavailable" } });
      expect(await store.write([meta("b", "1")])).toMatchObject({ ok: false, failure: { kind: "unavailable" } });
    });
  });
}
