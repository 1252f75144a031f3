import { beforeAll } from "vitest";
import { ensureStoreHost, newStoreDatabase } from "@/lab/index";
import { openStore } from "@/lib/db/open";
import { actionStoreGuarantees } from "./testing/store-guarantees";

beforeAll(async () => {
  await ensureStoreHost();
});

let stores = 0;
actionStoreGuarantees("PostgreSQL", async () => {
  const url = await newStoreDatabase(`actions_${stores++}`);
  return () => openStore(url);
});
