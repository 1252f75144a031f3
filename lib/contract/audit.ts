import { z } from "zod";
import { AUDIT_KINDS, type AuditRow, type AuditVerdict } from "@/lib/domain/audit";
import { type DeepReadonly, instantSchema, type Same } from "./scalars";

/** The audit log as it crosses the network; equal to the domain's types, which the compiler proves below. */

export const auditRowSchema = z.object({
  seq: z.number().describe("1, 2, 3 … without a gap"),
  at: instantSchema,
  kind: z.enum(AUDIT_KINDS),
  scope: z.string().nullable(),
  actor: z.string(),
  role: z.string().nullable(),
  from: z.string().nullable().describe("Address that the request came from"),
  action: z.string().nullable(),
  operationId: z.string().nullable(),
  planId: z.string().nullable(),
  reason: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
  prev: z.string().describe("The hash of the row before; of the first row: zeros"),
  hash: z.string().describe("SHA-256 of the row's canonical JSON (keys sorted, no spaces) without `hash`"),
});
true satisfies Same<DeepReadonly<z.output<typeof auditRowSchema>>, AuditRow>;

/** `GET /audit?from&to&kind&scope&actor&action&operation&search&before&limit`, newest first */
export const auditPageSchema = z.object({
  rows: z.array(auditRowSchema),
  /** `before` of the next page; null on the last. */
  next: z.number().nullable(),
});
export type AuditPageAnswer = z.output<typeof auditPageSchema>;

/** `GET /audit?verify=1` */
export const auditVerdictSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("whole"), rows: z.number(), lastHash: z.string().nullable() }),
  z.object({
    kind: z.literal("broken"),
    seq: z.number().describe("The first row that does not fit"),
    why: z.enum(["hash", "chain", "missing"]),
    rows: z.number().describe("How many before it are whole"),
  }),
]);
true satisfies Same<DeepReadonly<z.output<typeof auditVerdictSchema>>, AuditVerdict>;

export const auditAnswerSchema = z.union([auditPageSchema, auditVerdictSchema]);

export const AUDIT_DEFAULT = 100;
export const AUDIT_MAX = 1_000;
