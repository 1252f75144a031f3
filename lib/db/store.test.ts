import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CompiledQuery } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openStore } from "./open";
import { storeGuarantees } from "./testing/store-guarantees";
import type { Store } from "./types";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "store-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

storeGuarantees("SQLite", async () => openStore(`sqlite:${join(folder, "new", "folder", "store.db")}`));

describe("SQLite that cannot be opened", () => {
  let store: Store;
  afterEach(() => store.close());
  const ping = (of: Store) => of.read((db) => db.selectFrom("meta").selectAll().execute());

  test("a path below a file is unavailable, and opens by itself once the way is free", async () => {
    const blocked = join(folder, "blocked");
    writeFileSync(blocked, "a file where a folder should be");
    store = openStore(`sqlite:${join(blocked, "store.db")}`);
    expect(await ping(store)).toMatchObject({ ok: false, failure: { kind: "unavailable" } });
    rmSync(blocked);
    expect(await ping(store)).toEqual({ ok: true, value: [] });
  });

  test("a file that is no database is corrupt, and is left as it is", async () => {
    const path = join(folder, "store.db");
    writeFileSync(path, "no database at all, but long enough to be looked at as one".repeat(40));
    store = openStore(`sqlite:${path}`);
    expect(await ping(store)).toMatchObject({ ok: false, failure: { kind: "corrupt" } });
  });
});

describe("SQLite of an earlier release", () => {
  const LATER = [
    "plan",
    "operation",
    "cluster_lock",
    "pause_note",
    "audit",
    "alert",
    "alert_told",
    "delivery",
    "silence",
  ];

  test("gets the tables that came later, and keeps what it has", async () => {
    const url = `sqlite:${join(folder, "store.db")}`;
    const before = openStore(url);
    const raw = (sql: string) => CompiledQuery.raw(sql);
    const drops = LATER.map((table) => raw(`drop table ${table}`));
    const row = before.build.insertInto("meta").values({ key: "a", value: "1" }).compile();
    const unknown = raw("delete from matriarch_migration where name <> '2026-11-21-record'");
    expect(await before.write([row, ...drops, unknown])).toEqual({ ok: true, value: undefined });
    await before.close();
    const now = openStore(url);
    expect(await now.read((db) => db.selectFrom("meta").selectAll().execute())).toMatchObject({
      value: [{ key: "a", value: "1" }],
    });
    expect(await now.read((db) => db.selectFrom("audit").selectAll().execute())).toEqual({ ok: true, value: [] });
    await now.close();
  });
});
