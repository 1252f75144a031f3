import { z } from "zod";
import type { StoreView } from "@/lib/domain/store";
import { type DeepReadonly, instantSchema, type Same } from "./scalars";

export const storeViewSchema = z
  .object({
    kind: z.enum(["sqlite", "postgres"]),
    state: z.enum(["ok", "behind", "failing"]),
    since: instantSchema,
    lastWriteAt: instantSchema.nullable(),
    failure: z
      .object({ kind: z.enum(["unavailable", "full", "slow", "corrupt", "failed"]), text: z.string() })
      .nullable(),
    waiting: z.number().describe("Rows that wait in memory"),
    dropped: z.number().describe("Rows lost since the start"),
  })
  .describe("How the dashboard's own record does; null where none is kept");
true satisfies Same<DeepReadonly<z.output<typeof storeViewSchema>>, StoreView>;
