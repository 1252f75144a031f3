import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { openStore } from "@/lib/db/open";
import { auditGuarantees } from "./testing/audit-guarantees";

let folder: string;
let stores = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "audit-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

auditGuarantees("SQLite", async () => {
  const url = `sqlite:${join(folder, `${stores++}.db`)}`;
  return () => openStore(url);
});
