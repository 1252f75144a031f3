import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
