import { z } from "zod";
import { CHECK_STATUSES, type Plan } from "@/lib/domain/actions/plan";
import { ACTION_KINDS } from "@/lib/domain/actions/request";
import { type DeepReadonly, instantSchema, layerSchema, memberNameSchema, messageSchema, type Same } from "../scalars";
import { actionRequestSchema } from "./request";

/** Answer of `POST /clusters/{scope}/plans`; equal to the domain's `Plan`, which the compiler proves below. */

export const checkSchema = z.object({
  id: z.string().describe("Warnings are acknowledged by it"),
  status: z.enum(CHECK_STATUSES),
  text: messageSchema,
  advice: messageSchema.nullable(),
  evidence: z.array(z.object({ sourceId: z.string().nullable(), text: messageSchema, at: instantSchema.nullable() })),
  ageMs: z.number().nullable().describe("Of the oldest evidence when the plan was made"),
  overridable: z.boolean().describe("A block that an admin may override by name"),
});

const clientImpactSchema = z.object({
  member: memberNameSchema,
  total: z.number(),
  groups: z.array(
    z.object({
      application: z.string(),
      user: z.string(),
      database: z.string(),
      count: z.number(),
      inTransaction: z.number(),
    }),
  ),
  at: instantSchema,
});

export const candidateImpactSchema = z.object({
  member: memberNameSchema,
  eligible: z.boolean(),
  reason: messageSchema.nullable(),
  lossBytes: z.number().nullable().describe("Null: unknown, which is never none"),
  lossSeconds: z.number().nullable(),
  basis: z.enum(["none", "estimate", "unknown"]),
  at: instantSchema.nullable(),
});

export const nextFailureSchema = z.object({
  layer: z.union([z.literal("host"), layerSchema]),
  subject: z.string(),
  writes: z.enum(["served", "lost", "unknown"]),
  leader: memberNameSchema.nullable(),
  lossBytes: z.number().nullable(),
  text: messageSchema,
});

const impactSchema = z.object({
  clients: z.array(clientImpactSchema),
  candidates: z.array(candidateImpactSchema),
  writeGap: z
    .object({
      fromMs: z.number().nullable(),
      toMs: z.number().nullable(),
      reasons: z.array(messageSchema),
      past: z.array(z.object({ at: instantSchema, ms: z.number() })),
    })
    .nullable(),
  routing: z.array(messageSchema),
  nextFailures: z.array(nextFailureSchema).nullable(),
  reinit: z
    .object({
      member: memberNameSchema,
      host: z.string().nullable(),
      dataDirectory: z.string().nullable(),
      bytes: z.number().nullable(),
      copyFrom: z.string().nullable(),
      candidatesLeft: z.array(memberNameSchema),
    })
    .nullable(),
  configuration: z
    .object({
      changes: z.array(
        z.object({
          path: z.string(),
          before: z.unknown(),
          after: z.unknown(),
          effect: z.enum(["reload", "restart", "patroni", "unknown"]),
        }),
      ),
    })
    .nullable(),
  backend: z
    .object({
      pid: z.number(),
      user: z.string().nullable(),
      database: z.string().nullable(),
      application: z.string().nullable(),
      clientAddress: z.string().nullable(),
      backendType: z.string(),
      state: z.string().nullable(),
      queryStart: instantSchema.nullable(),
      transactionStart: instantSchema.nullable(),
      query: z.string().nullable(),
      blocks: z.array(z.number()),
    })
    .nullable(),
  touches: z.array(messageSchema),
});

export const fenceSchema = z
  .object({
    systemId: z.string().nullable(),
    leader: memberNameSchema.nullable(),
    leaderRevision: z.string().nullable(),
    timeline: z.number().nullable(),
    configRevision: z.string().nullable(),
    failoverRevision: z.string().nullable(),
    paused: z.boolean().nullable(),
    members: z.array(
      z.object({
        name: memberNameSchema,
        role: z.string(),
        state: z.string(),
        timeline: z.number().nullable(),
        postmasterStartTime: z.string().nullable(),
      }),
    ),
    other: z.record(z.string(), z.string().nullable()),
  })
  .describe("The state that the plan was made on; executing is refused when it has moved");

export const planSchema = z.object({
  id: z.string(),
  scope: z.string(),
  title: z.string(),
  environment: z.string().nullable(),
  action: z.enum(ACTION_KINDS),
  request: actionRequestSchema,
  checks: z.array(checkSchema),
  impact: impactSchema,
  fence: fenceSchema,
  confirm: z.string().describe("What must be typed"),
  needsApproval: z.boolean(),
  plannedBy: z.string(),
  createdAt: instantSchema,
  expiresAt: instantSchema,
});
export type PlanAnswer = z.output<typeof planSchema>;
true satisfies Same<Omit<DeepReadonly<PlanAnswer>, "request">, Omit<Plan, "request">>;
