import { beforeAll } from "vitest";
import { ensureStoreHost, newStoreDatabase } from "@/lab/index";
import { openStore } from "@/lib/db/open";
import { recordGuarantees } from "./testing/record-guarantees";

beforeAll(async () => {
  await ensureStoreHost();
});

let stores = 0;
recordGuarantees("PostgreSQL", async () => openStore(await newStoreDatabase(`record_${stores++}`)));
