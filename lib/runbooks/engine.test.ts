import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { openStore } from "@/lib/db/open";
import { runGuarantees } from "./testing/engine-guarantees";

let folder: string;
let stores = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "runs-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

runGuarantees("SQLite", async () => {
  const url = `sqlite:${join(folder, `${stores++}.db`)}`;
  return () => openStore(url);
});
