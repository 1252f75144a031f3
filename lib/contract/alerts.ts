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
  inMemory: z.boolean().describe("The store cannot be written: this is one dashboard's word alone"),
});

true satisfies Same<DeepReadonly<z.output<typeof alertSchema>>, Alert>;
true satisfies Same<DeepReadonly<z.output<typeof silenceSchema>>, Silence>;
true satisfies Same<DeepReadonly<z.output<typeof deliverySchema>>, Delivery>;
true satisfies Same<DeepReadonly<z.output<typeof attentionBoardSchema>>, AttentionBoard>;

/** `GET /alerts?scope&state&since&limit`, the newest first. */
export const alertsSchema = z.object({ alerts: z.array(alertSchema), inMemory: z.boolean() });
export type AlertsAnswer = DeepReadonly<z.output<typeof alertsSchema>>;
export const ALERTS_MAX = 1_000;
export const ALERTS_DEFAULT = 200;

const NOTE_MAX = 1_000;
/** `POST /alerts/{id}/acknowledge` */
export const acknowledgementSchema = z.strictObject({
  note: z.string().trim().min(1, { error: "a note of at least one word" }).max(NOTE_MAX),
});

/** `GET /silences`: in force, to come, and those that ended within the last day. */
export const silencesSchema = z.object({ silences: z.array(silenceSchema), inMemory: z.boolean() });
export type SilencesAnswer = DeepReadonly<z.output<typeof silencesSchema>>;

const SILENCE_MAX_MS = 90 * 86_400_000;
/** `POST /silences`; who asks is its owner. */
export const newSilenceSchema = z
  .strictObject({
    kind: z.enum(["silence", "maintenance"]),
    scope: z.string().min(1).max(100).nullable().describe("Null: every cluster"),
    match: z
      .strictObject({
        rule: z.string().min(1).max(100).nullable().default(null),
        subject: z.string().min(1).max(300).nullable().default(null),
        severity: severitySchema.nullable().default(null).describe("This one and lesser ones"),
      })
      .default({ rule: null, subject: null, severity: null }),
    reason: z.string().trim().min(1, { error: "a reason" }).max(NOTE_MAX),
    from: z.iso.datetime({ offset: true }).nullable().default(null).describe("Null: now"),
    until: z.iso.datetime({ offset: true }),
  })
  .refine(({ kind, match }) => kind === "silence" || Object.values(match).every((one) => one === null), {
    path: ["match"],
    error: "a maintenance window is about whole clusters",
  })
  .refine(({ from, until }) => from === null || Date.parse(until) > Date.parse(from), {
    path: ["until"],
    error: "a time after `from`",
  })
  .refine(({ from, until }) => from === null || Date.parse(until) - Date.parse(from) <= SILENCE_MAX_MS, {
    path: ["until"],
    error: "at most 90 days after `from`",
  });
export type NewSilence = z.input<typeof newSilenceSchema>;

/** `GET /alerts/deliveries?notifier&state&limit`, the newest first. */
export const deliveriesSchema = z.object({ deliveries: z.array(deliverySchema) });
export type DeliveriesAnswer = DeepReadonly<z.output<typeof deliveriesSchema>>;

/** `GET /alerts/notifiers`; addresses and secrets are not told. */
export const notifierSchema = z.object({
  name: z.string(),
  kind: z.enum(["smtp", "telegram", "slack", "webhook", "alertmanager"]),
  language: z.enum(["en", "ru"]),
  severities: z.array(severitySchema),
  clusters: z.array(scopeSchema).nullable().describe("Null: every cluster"),
  environments: z.array(z.string()).nullable(),
  lastDelivery: deliverySchema.nullable().describe("The one that was tried last"),
  failing: z.boolean(),
});
export const notifiersSchema = z.object({
  notifiers: z.array(notifierSchema),
  deadMan: z
    .object({
      everyMs: z.number(),
      lastOkAt: instantSchema.nullable(),
      error: z.string().nullable().describe("Why no signal goes out now; null while it does"),
    })
    .nullable()
    .describe("The signal by which somebody else learns that this dashboard is dead; null where none is configured"),
});
export type NotifierView = DeepReadonly<z.output<typeof notifierSchema>>;
export type NotifiersAnswer = DeepReadonly<z.output<typeof notifiersSchema>>;
