import { z } from "zod";
import {
  type ActionBoard,
  OPERATION_PHASES,
  OPERATION_STATES,
  type Operation,
  type OperationView,
} from "@/lib/domain/actions/operation";
import { ACTION_KINDS } from "@/lib/domain/actions/request";
import { type DeepReadonly, instantSchema, memberNameSchema, messageSchema, type Same, scopeSchema } from "../scalars";
import { candidateImpactSchema, fenceSchema } from "./plan";
import { actionRequestSchema } from "./request";

/** Operations as they cross the network; equal to the domain's types, which the compiler proves below. */

const stepSchema = z.object({
  id: z.string(),
  state: z.enum(["waiting", "running", "done", "failed", "unknown", "skipped"]),
  text: messageSchema,
  detail: messageSchema.nullable().describe("What it waits for now"),
  startedAt: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
});

const answerSchema = z.object({
  id: z.string().describe("Of the call within its operation"),
  kind: z.enum(["done", "done-otherwise", "accepted", "scheduled", "refused", "failed", "unknown", "not-sent"]),
  call: z.string(),
  status: z.number().nullable(),
  text: z.string(),
  member: memberNameSchema.nullable(),
  sentAt: instantSchema,
  tookMs: z.number(),
});

export const operationViewSchema = z.object({
  id: z.string(),
  scope: z.string(),
  planId: z.string(),
  action: z.enum(ACTION_KINDS),
  request: actionRequestSchema,
  state: z.enum(OPERATION_STATES),
  phase: z.enum(OPERATION_PHASES),
  actor: z.string(),
  reason: z.string(),
  approvedBy: z.string().nullable(),
  steps: z.array(stepSchema),
  answers: z.array(answerSchema).describe("What the called systems answered; none of them is the outcome"),
  outcome: z.object({ code: z.string(), text: messageSchema, reasons: z.array(messageSchema) }).nullable(),
  writeGapMs: z.number().nullable(),
  writeGapBasis: z.enum(["client-eye", "observed"]).nullable(),
  receipt: z
    .object({
      before: candidateImpactSchema.nullable(),
      oldLsn: z.string().nullable(),
      forkLsn: z.string().nullable(),
      lostBytes: z.number().nullable(),
      basis: z.enum(["measured", "none", "unknown"]),
    })
    .nullable()
    .describe("What was lost, as measured afterwards"),
  createdAt: instantSchema,
  startedAt: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
  deadlineAt: instantSchema,
  progress: z.object({ done: z.number(), total: z.number().nullable(), unit: z.literal("bytes") }).nullable(),
  resumed: z.number(),
});
true satisfies Same<
  Omit<DeepReadonly<z.output<typeof operationViewSchema>>, "request">,
  Omit<OperationView, "request">
>;

/** `GET /operations/{id}` */
export const operationSchema = operationViewSchema.extend({
  role: z.string(),
  from: z.string().nullable(),
  acknowledged: z.array(z.string()),
  overridden: z.array(z.string()),
  fence: fenceSchema,
  boot: z.string(),
});
export type OperationAnswer = z.output<typeof operationSchema>;
true satisfies Same<Omit<DeepReadonly<OperationAnswer>, "request">, Omit<Operation, "request">>;

export const actionBoardSchema = z.object({
  operations: z.array(operationViewSchema),
  pause: z
    .object({
      owner: z.string(),
      reason: z.string(),
      since: instantSchema,
      until: instantSchema.nullable(),
      resumeAtEnd: z.boolean(),
    })
    .nullable(),
});
true satisfies Same<DeepReadonly<z.output<typeof actionBoardSchema>>, ActionBoard>;

/** `GET /clusters/{scope}/operations?before&limit`, newest first */
export const operationsSchema = z.object({
  scope: scopeSchema,
  operations: z.array(operationSchema),
  /** `before` of the next page; null on the last. */
  next: z.number().nullable(),
});
export type OperationsAnswer = z.output<typeof operationsSchema>;
export const OPERATIONS_DEFAULT = 50;
export const OPERATIONS_MAX = 500;

/** `POST /clusters/{scope}/operations` */
export const confirmationSchema = z.strictObject({
  planId: z.string().min(1).max(100),
  confirmation: z.string().max(200).describe("The scope, as typed"),
  reason: z.string().max(2_000),
  acknowledged: z.array(z.string().max(200)).max(200).default([]).describe("Ids of the warnings that were ticked"),
  overridden: z
    .array(z.string().max(200))
    .max(50)
    .default([])
    .describe("Ids of overridable blocks, by an admin, for a failover"),
});

/** `POST /operations/{id}/withdraw` */
export const withdrawalSchema = z.strictObject({ reason: z.string().max(2_000) });
