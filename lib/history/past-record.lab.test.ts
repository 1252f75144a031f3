import { beforeAll } from "vitest";
import { ensureStoreHost, newStoreDatabase } from "@/lab/index";
import { openStore } from "@/lib/db/open";
import { pastGuarantees } from "./testing/past-guarantees";

beforeAll(async () => {
  await ensureStoreHost();
});

let stores = 0;
pastGuarantees("PostgreSQL", async () => openStore(await newStoreDatabase(`past_${stores++}`)));
