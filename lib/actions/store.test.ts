import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { openStore } from "@/lib/db/open";
import { actionStoreGuarantees } from "./testing/store-guarantees";

let folder: string;
let stores = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "actions-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

actionStoreGuarantees("SQLite", async () => {
  const url = `sqlite:${join(folder, `${stores++}.db`)}`;
  return () => openStore(url);
});
