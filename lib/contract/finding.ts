import { z } from "zod";
import { FINDING_GROUPS, type Finding, RUNBOOK_IDS, SEVERITIES, SUBJECT_KINDS } from "@/lib/domain/findings/finding";
import type { Watch } from "@/lib/domain/findings/watch/types";
import { type DeepReadonly, instantSchema, memberNameSchema, messageSchema, type Same } from "./scalars";

export const severitySchema = z
  .enum(SEVERITIES)
  .describe("`unknown`: it cannot be seen whether something is wrong, which is neither well nor broken");

export const findingSchema = z.object({
  id: z.string(),
  rule: z
    .string()
    .describe("Stable code; what it means and what to do are in the messages finding.<rule>.means and .do"),
  group: z.enum(FINDING_GROUPS),
  severity: severitySchema,
  subject: z.object({ kind: z.enum(SUBJECT_KINDS), name: z.string(), member: memberNameSchema.nullable() }),
  since: instantSchema,
  text: messageSchema,
  evidence: z.array(z.object({ text: messageSchema, sourceId: z.string().nullable() })),
  runbook: z.enum(RUNBOOK_IDS).nullable(),
  under: z.string().nullable().describe("Id of the finding that this one follows from"),
});

true satisfies Same<DeepReadonly<z.output<typeof findingSchema>>, Finding>;

export const watchSchema = z
  .object({
    pending: z.record(z.string(), instantSchema),
    changes: z.record(z.string(), z.array(instantSchema)),
    told: z.record(z.string(), z.string()),
    tracks: z.record(z.string(), z.array(z.object({ at: z.number(), value: z.number() }))),
  })
  .describe("What findings that need time remember from one picture to the next; of no use to readers");

true satisfies Same<DeepReadonly<z.output<typeof watchSchema>>, Watch>;
