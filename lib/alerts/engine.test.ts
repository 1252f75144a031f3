import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { openStore } from "@/lib/db/open";
import { engineGuarantees } from "./testing/engine-guarantees";

let folder: string;
let stores = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "alerts-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

engineGuarantees("SQLite", async () => {
  const url = `sqlite:${join(folder, `${stores++}.db`)}`;
  return () => openStore(url);
});
