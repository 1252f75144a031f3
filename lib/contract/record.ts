import { z } from "zod";
import { EVENT_KINDS, type StoredEvent, type WriteGap } from "@/lib/domain/events/event";
import { type DeepReadonly, instantSchema, messageSchema, type Same, scopeSchema } from "./scalars";

/** Events, write gaps and stored pictures as they cross the network. */

export const storedEventSchema = z.object({
  id: z.number(),
  scope: scopeSchema,
  at: instantSchema,
  notBefore: instantSchema.nullable(),
  kind: z.enum(EVENT_KINDS),
  severity: z.enum(["info", "notice", "warn", "critical"]),
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

/** `GET /api/v1/clusters/[scope]/gaps?from&to` */
export const writeGapsSchema = z.object({ scope: scopeSchema, gaps: z.array(writeGapSchema) });

/** `GET /api/v1/clusters/[scope]/frames?from&to&limit`: where stored pictures are, oldest first. */
export const framesSchema = z.object({
  scope: scopeSchema,
  frames: z.array(z.object({ at: z.number(), boot: z.string(), version: z.number(), urgent: z.boolean() })),
});

export type EventsAnswer = z.output<typeof eventsSchema>;
export type WriteGapsAnswer = z.output<typeof writeGapsSchema>;
export type FramesAnswer = z.output<typeof framesSchema>;
