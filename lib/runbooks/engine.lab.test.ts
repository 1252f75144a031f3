import { beforeAll } from "vitest";
import { ensureStoreHost, newStoreDatabase } from "@/lab/index";
import { openStore } from "@/lib/db/open";
import { runGuarantees } from "./testing/engine-guarantees";

beforeAll(async () => {
  await ensureStoreHost();
});

let stores = 0;
runGuarantees("PostgreSQL", async () => {
  const url = await newStoreDatabase(`runs_${stores++}`);
  return () => openStore(url);
});
