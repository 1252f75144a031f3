import { z } from "zod";
import { findingSchema } from "./finding";
import { instantSchema, scopeSchema } from "./scalars";

export const healthSchema = z.object({ status: z.literal("alive") });

export const readinessSchema = z.object({
  ready: z.boolean(),
  clusters: z.number().describe("How many are configured"),
  looked: z.boolean().describe("Every configured cluster was looked at once"),
  store: z.boolean().describe("The store answers"),
});

export const meSchema = z.object({
  kind: z.enum(["user", "token"]),
  name: z.string(),
  role: z.enum(["viewer", "operator", "admin"]),
  expiresAt: instantSchema.nullable().describe("When the session ends; null for a token"),
});
export type Me = z.output<typeof meSchema>;

export const findingsSchema = z.object({
  scope: scopeSchema,
  version: z.number(),
  at: instantSchema,
  findings: z.array(findingSchema),
});
