import { z } from "zod";
import { type Incident, MILESTONES } from "@/lib/domain/incident/incident";
import type { IncidentWindow } from "@/lib/domain/incident/windows";
import { storedEventSchema, writeGapSchema } from "./record";
import { type DeepReadonly, instantSchema, messageSchema, type Same, scopeSchema } from "./scalars";

/** Incidents: what is told of one window of a cluster's past, and which windows are worth it. */

const windowSchema = z.object({ from: instantSchema, to: instantSchema });
const leaderSchema = z.object({ leader: z.string().nullable(), timeline: z.number().nullable() });
const milestoneSchema = z.object({ id: z.enum(MILESTONES), at: instantSchema, text: messageSchema });

export const incidentSchema = z.object({
  scope: scopeSchema,
  window: windowSchema,
  kind: z.enum(["switchover", "manual-failover", "failover", "outage", "none"]),
  outage: z
    .object({
      startedAt: instantSchema,
      endedAt: instantSchema.nullable().describe("Null: not over within the window"),
      lengthMs: z.number(),
      basis: z.enum(["client-eye", "pictures"]),
    })
    .nullable(),
  phases: z
    .array(
      z.object({
        id: z.enum(MILESTONES),
        from: instantSchema,
        to: instantSchema,
        lengthMs: z.number(),
        evidence: messageSchema,
      }),
    )
    .describe("Contiguous; of an outage that is over the lengths sum up to its length"),
  prelude: z.array(milestoneSchema),
  aftermath: z.array(milestoneSchema),
  before: leaderSchema,
  after: leaderSchema,
  gaps: z.array(writeGapSchema),
  sentences: z.array(
    z.object({
      at: instantSchema,
      state: z.enum(["ok", "degraded", "broken", "split", "unknown"]),
      message: messageSchema,
      sentence: z.string().describe("In English"),
    }),
  ),
  holes: z.array(windowSchema),
});
true satisfies Same<DeepReadonly<z.output<typeof incidentSchema>>, Incident>;

/** `GET /api/v1/clusters/[scope]/incident?from&to`; with `format=markdown&lang=en|ru` as a report to read. */
export const incidentReportSchema = z.object({ incident: incidentSchema, events: z.array(storedEventSchema) });
export type IncidentReport = z.output<typeof incidentReportSchema>;

const incidentWindowSchema = windowSchema.extend({
  startedAt: instantSchema.describe("When it began; from lies before it, so that the report shows what was before"),
  reasons: z.array(z.enum(["write-gap", "leader", "verdict"])),
  gapMs: z.number().nullable(),
  leader: z.string().nullable(),
});
true satisfies Same<DeepReadonly<z.output<typeof incidentWindowSchema>>, IncidentWindow>;

/** `GET /api/v1/clusters/[scope]/incidents?from&to`, newest first. */
export const incidentsSchema = z.object({ scope: scopeSchema, incidents: z.array(incidentWindowSchema) });
export type IncidentsAnswer = z.output<typeof incidentsSchema>;
