import { z } from "zod";
import { failureSchema, instantSchema, scopeSchema } from "./scalars";

/** `GET /api/v1/clusters/[scope]/dcs-tree`: the keys that Patroni keeps for a cluster, as stored. */
export const dcsTreeSchema = z.object({
  scope: scopeSchema,
  at: instantSchema,
  tookMs: z.number(),
  /** Why there is no tree; null when there is one. */
  failure: failureSchema.nullable(),
  tree: z
    .object({
      prefix: z.string(),
      revision: z.string(),
      keys: z.array(
        z.object({
          key: z.string(),
          value: z.string(),
          modRevision: z.string(),
          lease: z.string().nullable().describe("Null for a key that stays until it is deleted"),
        }),
      ),
    })
    .nullable(),
});
export type DcsTreeAnswer = z.output<typeof dcsTreeSchema>;
