import { beforeAll } from "vitest";
import { ensureStoreHost, newStoreDatabase } from "@/lab/index";
import { openStore } from "@/lib/db/open";
import { wallGuarantees } from "./testing/wall-guarantees";

beforeAll(async () => {
  await ensureStoreHost();
});

let stores = 0;
wallGuarantees("PostgreSQL", async () => {
  const url = await newStoreDatabase(`walls_${stores++}`);
  return () => openStore(url);
});
