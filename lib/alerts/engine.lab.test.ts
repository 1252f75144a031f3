import { beforeAll } from "vitest";
import { ensureStoreHost, newStoreDatabase } from "@/lab/index";
import { openStore } from "@/lib/db/open";
import { engineGuarantees } from "./testing/engine-guarantees";

beforeAll(async () => {
  await ensureStoreHost();
});

let stores = 0;
engineGuarantees("PostgreSQL", async () => {
  const url = await newStoreDatabase(`alerts_${stores++}`);
  return () => openStore(url);
});
