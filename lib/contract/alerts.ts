import { z } from "zod";
import {
  ALERT_STATES,
  type Alert,
  type AttentionBoard,
  DELIVERY_STATES,
  type Delivery,
  type Silence,
} from "@/lib/domain/alerts/types";
import { severitySchema } from "./finding";
import { type DeepReadonly, instantSchema, messageSchema, type Same, scopeSchema } from "./scalars";

/** Alerts as they cross the network; equal to the domain's types, which the compiler proves below. */

export const alertSchema = z.object({
  id: z.string(),
  scope: scopeSchema,
  findingId: z.string(),
  rule: z.string(),
  severity: severitySchema,
  subject: z.string(),
  text: messageSchema,
  state: z.enum(ALERT_STATES),
  startedAt: instantSchema,
  firedAt: instantSchema.nullable(),
  resolvedAt: instantSchema.nullable(),
  flaps: z.number(),
  acknowledged: z.object({ by: z.string(), at: instantSchema, note: z.string() }).nullable(),
  silencedBy: z.string().nullable(),
});

export const silenceSchema = z.object({
  id: z.string(),
  kind: z.enum(["silence", "maintenance"]),
  scope: scopeSchema.nullable(),
  match: z.object({ rule: z.string().nullable(), subject: z.string().nullable(), severity: severitySchema.nullable() }),
  owner: z.string(),
  reason: z.string(),
  from: instantSchema,
  until: instantSchema,
  ended: z.object({ at: instantSchema, by: z.string() }).nullable(),
});

export const deliverySchema = z.object({
  id: z.string(),
  notifier: z.string(),
  about: z.enum(["firing", "resolved", "reminder", "test"]),
  alertIds: z.array(z.string()),
  state: z.enum(DELIVERY_STATES),
  attempts: z.number(),
  error: z.string().nullable(),
  createdAt: instantSchema,
  lastTriedAt: instantSchema.nullable(),
  nextTryAt: instantSchema.nullable(),
  deliveredAt: instantSchema.nullable(),
});

export const attentionBoardSchema = z.object({
  alerts: z.array(alertSchema),
  silences: z.array(silenceSchema),
  failingNotifiers: z.array(z.string()),
});

true satisfies Same<DeepReadonly<z.output<typeof alertSchema>>, Alert>;
true satisfies Same<DeepReadonly<z.output<typeof silenceSchema>>, Silence>;
true satisfies Same<DeepReadonly<z.output<typeof deliverySchema>>, Delivery>;
true satisfies Same<DeepReadonly<z.output<typeof attentionBoardSchema>>, AttentionBoard>;
