import { z } from "zod";
import { EVENT_KINDS, type EventSeverity, type StoredEvent, type WriteGap } from "@/lib/domain/events/event";
import { type DeepReadonly, instantSchema, messageSchema, type Same, scopeSchema } from "./scalars";
import { snapshotSchema } from "./snapshot";

/** Events, write gaps and stored pictures as they cross the network. */

export const EVENT_SEVERITIES = ["info", "notice", "warn", "critical"] as const satisfies readonly EventSeverity[];

export const storedEventSchema = z.object({
  id: z.number(),
  scope: scopeSchema,
  at: instantSchema,
  notBefore: instantSchema.nullable(),
  kind: z.enum(EVENT_KINDS),
  severity: z.enum(EVENT_SEVERITIES),
  subject: z.string(),
  text: messageSchema,
  data: z.record(z.string(), z.unknown()),
  source: z.enum(["observed", "patroni-history", "client-eye", "dashboard"]),
  dedupe: z.string().nullable(),
});
true satisfies Same<DeepReadonly<z.output<typeof storedEventSchema>>, StoredEvent>;

/** `GET /api/v1/clusters/[scope]/events?from&to&kind&severity&subject&search&before&limit`, newest first. */
export const eventsSchema = z.object({
  scope: scopeSchema,
  events: z.array(storedEventSchema),
  /** `before` of the next page; null on the last. */
  next: z.number().nullable(),
});

export const writeGapSchema = z.object({
  scope: scopeSchema,
  startedAt: instantSchema,
  endedAt: instantSchema.nullable(),
  attempts: z.number(),
  failures: z.record(z.string(), z.number()),
  from: z.string().nullable(),
  to: z.string().nullable(),
});
true satisfies Same<DeepReadonly<z.output<typeof writeGapSchema>>, WriteGap>;

/** How many come when none is asked for, and the most that may be asked for. */
export const EVENTS_DEFAULT = 100;
export const EVENTS_MAX = 1_000;
export const FRAMES_DEFAULT = 1_000;
export const FRAMES_MAX = 10_000;

/** `GET /api/v1/clusters/[scope]/gaps?from&to` */
export const writeGapsSchema = z.object({ scope: scopeSchema, gaps: z.array(writeGapSchema) });

/** `GET /api/v1/clusters/[scope]/frames?from&to&limit`: where stored pictures are, oldest first. */
export const framesSchema = z.object({
  scope: scopeSchema,
  frames: z.array(z.object({ at: z.number(), boot: z.string(), version: z.number(), urgent: z.boolean() })),
});

/** `GET /api/v1/clusters/[scope]/snapshot?at`; the problem `not-recorded` where nobody was looking then. */
export const pastSchema = z.object({
  snapshot: snapshotSchema,
  at: instantSchema.describe("When the picture was drawn: at most some seconds before the moment asked for"),
  boot: z.string().describe("The run of the dashboard that drew it"),
});

export type PastAnswer = z.output<typeof pastSchema>;
export type EventsAnswer = z.output<typeof eventsSchema>;
export type WriteGapsAnswer = z.output<typeof writeGapsSchema>;
export type FramesAnswer = z.output<typeof framesSchema>;
