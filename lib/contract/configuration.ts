import { z } from "zod";
import { OPERATION_STATES } from "@/lib/domain/actions/operation";
import type { ConfigurationChange } from "@/lib/domain/configuration/changes";
import { type DeepReadonly, instantSchema, messageSchema, type Same, scopeSchema } from "./scalars";

export const configurationChangeSchema = z.object({
  id: z.string(),
  at: instantSchema,
  differences: z
    .array(z.object({ path: z.string(), before: z.unknown(), after: z.unknown() }))
    .nullable()
    .describe("Null for an operation after which nothing was seen to change"),
  count: z.number().describe("Of all differences; a very large change is not listed whole"),
  patch: z.record(z.string(), z.unknown()).nullable().describe("What was asked for; null for a change made elsewhere"),
  operation: z
    .object({
      id: z.string(),
      actor: z.string(),
      reason: z.string(),
      state: z.enum(OPERATION_STATES),
      approvedBy: z.string().nullable(),
      outcome: z.object({ code: z.string(), text: messageSchema, reasons: z.array(messageSchema) }).nullable(),
      askedAt: instantSchema,
    })
    .nullable(),
});
true satisfies Same<DeepReadonly<z.output<typeof configurationChangeSchema>>, ConfigurationChange>;

/** `GET /api/v1/clusters/[scope]/configuration` */
export const configurationSchema = z.object({
  scope: scopeSchema,
  revision: z.string().nullable().describe("At which it was last written; null where the DCS is not read itself"),
  at: instantSchema.nullable().describe("When it was first seen to say this; null when it was not seen yet"),
  value: z.record(z.string(), z.unknown()).nullable().describe("Without secrets; null when it was not seen yet"),
  changes: z.array(configurationChangeSchema).describe("Newest first: made from here, and seen"),
  more: z.boolean().describe("There are older changes than these"),
});
export type ConfigurationAnswer = z.output<typeof configurationSchema>;
