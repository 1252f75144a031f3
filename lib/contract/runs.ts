import { z } from "zod";
import { MILESTONES } from "@/lib/domain/incident/incident";
import {
  type Contradiction,
  type Measured,
  PROOFS,
  RUN_ENTRY_KINDS,
  RUN_STATES,
  type Run,
  type RunBoard,
  type RunCommand,
  type RunEntry,
  type StepStanding,
} from "@/lib/domain/runbooks/run";
import { judgedSchema, localTextSchema, placesSchema, runbookSchema, unfilledSchema } from "./runbooks";
import { type DeepReadonly, instantSchema, memberNameSchema, messageSchema, type Same, scopeSchema } from "./scalars";

/** Runs of runbooks as they cross the network; equal to the domain's types, which the compiler proves below. */

export const runEntrySchema = z.object({
  seq: z.number(),
  at: instantSchema,
  by: z.string().nullable().describe("Null: the run itself, from what it saw"),
  kind: z.enum(RUN_ENTRY_KINDS),
  stepId: z.string().nullable(),
  note: z.string().nullable().describe("What a person wrote or chose; to or from whom it was handed"),
  text: messageSchema.nullable(),
  operationId: z.string().nullable(),
});

const standingSchema = z.object({
  stepId: z.string(),
  state: z.enum(["open", "current", "ticked", "skipped", "passed-by"]),
  judged: judgedSchema.nullable(),
  startedAt: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
  by: z.string().nullable(),
  chosen: z.string().nullable(),
  operationId: z.string().nullable(),
  deadlineAt: instantSchema.nullable(),
  pastDeadline: z.boolean(),
  untrueSince: instantSchema.nullable().describe("Since when a check on which the run rests is not true"),
});

const contradictionSchema = z.object({
  kind: z.enum(["check-untrue", "other-leader", "operation"]),
  stepId: z.string().nullable(),
  at: instantSchema,
  text: messageSchema,
});

export const runSchema = z.object({
  id: z.string(),
  scope: scopeSchema,
  runbookId: z.string(),
  digest: z.string(),
  inputs: z.record(z.string(), z.string()),
  state: z.enum(RUN_STATES).describe("`stopped`: by itself, on a contradiction"),
  carrier: z.string(),
  handedTo: z.string().nullable(),
  joined: z.array(z.string()),
  startedBy: z.string(),
  startedAt: instantSchema,
  endedAt: instantSchema.nullable(),
  pausedMs: z.number(),
  pausedAt: instantSchema.nullable(),
  expectedLeader: memberNameSchema.nullable(),
  steps: z.array(standingSchema),
  contradiction: contradictionSchema.nullable(),
  override: z.object({ by: z.string(), reason: z.string() }).nullable(),
  entryCount: z.number(),
  version: z.number(),
});

const outageSchema = z.object({
  startedAt: instantSchema,
  endedAt: instantSchema.nullable(),
  lengthMs: z.number(),
  basis: z.enum(["client-eye", "pictures"]),
});

const phaseSchema = z.object({
  id: z.enum(MILESTONES),
  from: instantSchema,
  to: instantSchema,
  lengthMs: z.number(),
  evidence: messageSchema,
});

export const measuredSchema = z
  .object({
    kind: z.enum(["switchover", "manual-failover", "failover", "outage", "none"]),
    gapMs: z.number().nullable().describe("By the client's eye; null: none was measured"),
    outage: outageSchema.nullable(),
    phases: z.array(phaseSchema),
    before: z.string().nullable(),
    after: z.string().nullable(),
  })
  .describe("What was measured of the time in which a drill ran");

const provenSchema = z.object({ at: instantSchema, runId: z.string() });
export const runBoardSchema = z.object({
  runs: z
    .array(
      runSchema
        .pick({
          id: true,
          runbookId: true,
          state: true,
          carrier: true,
          handedTo: true,
          startedAt: true,
          contradiction: true,
          version: true,
        })
        .extend({ title: localTextSchema, step: z.object({ number: z.number(), of: z.number() }) }),
    )
    .describe("The open ones, oldest first"),
  proven: z.object({
    failover: provenSchema.extend({ gapMs: z.number().nullable() }).nullable(),
    restore: provenSchema.nullable(),
  }),
});

true satisfies Same<DeepReadonly<z.output<typeof runEntrySchema>>, RunEntry>;
true satisfies Same<DeepReadonly<z.output<typeof standingSchema>>, StepStanding>;
true satisfies Same<DeepReadonly<z.output<typeof contradictionSchema>>, Contradiction>;
true satisfies Same<DeepReadonly<z.output<typeof runSchema>>, Run>;
true satisfies Same<DeepReadonly<z.output<typeof measuredSchema>>, Measured>;
true satisfies Same<DeepReadonly<z.output<typeof runBoardSchema>>, RunBoard>;

const proofSchema = z.enum(PROOFS).nullable().describe("What the drill has proven");

/** `GET /runs/{id}`, and what beginning one and every command answer. `runbook` is the version that the run follows. */
export const runAnswerSchema = z.object({
  run: runSchema,
  runbook: runbookSchema,
  unfilled: unfilledSchema,
  places: placesSchema.nullable().describe("Null for a cluster that is not configured any more"),
  entries: z.array(runEntrySchema).describe("In order; nothing is ever taken out"),
  measured: measuredSchema.nullable(),
  proof: proofSchema,
});
export type RunAnswer = DeepReadonly<z.output<typeof runAnswerSchema>>;

/** `GET /clusters/{scope}/runs?before&limit`, the newest first. */
export const runsSchema = z.object({
  scope: scopeSchema,
  runs: z.array(
    z.object({
      run: runSchema,
      title: runbookSchema.shape.title,
      kind: runbookSchema.shape.kind,
      measured: measuredSchema.nullable(),
      proof: proofSchema,
    }),
  ),
  /** `before` of the next page; null on the last. */
  next: z.number().nullable(),
});
export type RunsAnswer = DeepReadonly<z.output<typeof runsSchema>>;
export const RUNS_DEFAULT = 50;
export const RUNS_MAX = 200;

const TEXT_MAX = 2_000;
const reason = z.string().trim().min(1, { error: "a reason" }).max(TEXT_MAX);
const stepId = z.string().min(1).max(100);

/** `POST /clusters/{scope}/runs` */
export const newRunSchema = z.strictObject({
  runbookId: z.string().min(1).max(100),
  inputs: z.record(z.string().max(100), z.string().max(TEXT_MAX)).default({}),
  reason: reason
    .nullable()
    .default(null)
    .describe(
      "Why it is begun although a precondition is not true, or a drill although the cluster is a production one",
    ),
});
export type NewRun = z.input<typeof newRunSchema>;

const commandSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("tick"), stepId, note: z.string().trim().max(TEXT_MAX).nullable().default(null) }),
  z.strictObject({ kind: z.literal("skip"), stepId, reason }),
  z.strictObject({ kind: z.literal("choose"), stepId, option: z.string().min(1).max(100) }),
  z.strictObject({ kind: z.literal("operation"), stepId, operationId: z.string().min(1).max(100) }),
  z.strictObject({ kind: z.literal("note"), text: z.string().trim().min(1, { error: "a note" }).max(TEXT_MAX) }),
  z.strictObject({ kind: z.literal("hand-over"), to: z.string().min(1).max(200) }),
  z.strictObject({ kind: z.literal("take-over") }),
  z.strictObject({ kind: z.literal("join") }),
  z.strictObject({ kind: z.literal("pause"), reason: z.string().trim().max(TEXT_MAX).nullable().default(null) }),
  z.strictObject({ kind: z.literal("resume") }),
  z.strictObject({ kind: z.literal("overrule"), reason }),
  z.strictObject({ kind: z.literal("abandon"), reason }),
]);
true satisfies Same<DeepReadonly<z.output<typeof commandSchema>>, RunCommand>;

/** `POST /runs/{id}/commands`; `version`: the one that was seen. */
export const runCommandSchema = z.strictObject({ version: z.int().min(1), command: commandSchema });
export type RunCommandBody = z.input<typeof runCommandSchema>;
