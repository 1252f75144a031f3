import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { openStore } from "@/lib/db/open";
import { recordGuarantees } from "./testing/record-guarantees";

let folder: string;
let stores = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "record-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

recordGuarantees("SQLite", async () => openStore(`sqlite:${join(folder, `${stores++}.db`)}`));
