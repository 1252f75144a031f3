import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import { openStore } from "@/lib/db/open";
import { wallGuarantees } from "./testing/wall-guarantees";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

wallGuarantees("SQLite", async () => {
  const folder = mkdtempSync(join(tmpdir(), "matriarch-walls-"));
  folders.push(folder);
  return () => openStore(`sqlite:${join(folder, "store.db")}`);
});
