import { z } from "zod";
import type { ArchivingView } from "@/lib/domain/vitals/archiving-view";
import { type DeepReadonly, instantSchema, memberNameSchema, messageSchema, type Same, trustSchema } from "./scalars";

export const archivingSchema = z
  .object({
    member: memberNameSchema.nullable(),
    state: z.enum(["off", "ok", "failing", "stuck", "unknown"]),
    lastArchivedWal: z.string().nullable(),
    lastArchivedAt: instantSchema.nullable(),
    lastFailedWal: z.string().nullable(),
    lastFailedAt: instantSchema.nullable(),
    failingSince: instantSchema.nullable().describe("The first failure since the last success that is known of"),
    failedCount: z.number().nullable(),
    backlog: z.number().nullable().describe("WAL files that wait to be archived"),
    backlogAt: instantSchema.nullable(),
    at: instantSchema.nullable(),
    trust: trustSchema,
    text: messageSchema,
  })
  .describe("The leader's WAL archiver");

true satisfies Same<DeepReadonly<z.output<typeof archivingSchema>>, ArchivingView>;
