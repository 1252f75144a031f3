import { z } from "zod";
import { instantSchema, memberNameSchema, messageSchema, witnessLayerSchema } from "./scalars";

const witnessSchema = z.object({
  layer: witnessLayerSchema,
  verdict: z.enum(["agree", "disagree", "silent", "n/a"]),
  points: memberNameSchema.nullable(),
  text: messageSchema,
  at: instantSchema.nullable(),
  sourceIds: z.array(z.string()),
});

export const writePathSchema = z.object({
  state: z.enum(["ok", "degraded", "broken", "split", "unknown"]),
  code: z.enum([
    "ok",
    "agree-partly",
    "no-leader",
    "handover",
    "promoting",
    "leader-not-writable",
    "leader-unreachable",
    "misrouted",
    "pool-empty",
    "vip-elsewhere",
    "vip-nowhere",
    "client-cut-off",
    "split-brain",
    "paused-no-leader",
    "blind",
    "starting",
  ]),
  writer: memberNameSchema.nullable(),
  message: messageSchema,
  sentence: z.string().describe("In English"),
  since: instantSchema,
  asOf: instantSchema.nullable(),
  agree: z.number(),
  of: z.number(),
  witnesses: z.array(witnessSchema),
  disagree: z.array(messageSchema),
});
