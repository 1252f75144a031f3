import { beforeAll } from "vitest";
import { ensureStoreHost, newStoreDatabase } from "@/lab/index";
import { openStore } from "@/lib/db/open";
import { auditGuarantees } from "./testing/audit-guarantees";

beforeAll(async () => {
  await ensureStoreHost();
});

let stores = 0;
auditGuarantees("PostgreSQL", async () => {
  const url = await newStoreDatabase(`audit_${stores++}`);
  return () => openStore(url);
});
