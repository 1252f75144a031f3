import { z } from "zod";
import type { Snapshot, WritePathState } from "@/lib/domain/snapshot";
import { instantSchema, memberNameSchema, messageSchema, scopeSchema } from "./scalars";
import { writePathSchema } from "./write-path";

/** One line of the fleet: enough to tell which cluster needs a person. */
export const fleetEntrySchema = z.object({
  scope: scopeSchema,
  title: z.string(),
  environment: z.string().nullable(),
  version: z.number(),
  at: instantSchema,
  writePath: z.object({
    state: writePathSchema.shape.state,
    code: writePathSchema.shape.code,
    writer: memberNameSchema.nullable(),
    message: messageSchema,
    sentence: z.string(),
    since: instantSchema,
    agree: z.number(),
    of: z.number(),
  }),
  leader: memberNameSchema.nullable(),
  members: z.object({ present: z.number(), missing: z.number() }),
  paused: z.boolean().nullable(),
  findings: z.object({ critical: z.number(), warn: z.number(), info: z.number(), unknown: z.number() }),
  sources: z.object({ total: z.number(), stale: z.number() }),
});
export type FleetEntry = z.output<typeof fleetEntrySchema>;

export const fleetSchema = z.object({
  boot: z.string().describe("Names the server process; versions compare within one boot only"),
  now: instantSchema,
  clusters: z.array(fleetEntrySchema).describe("Worst first"),
});
export type Fleet = z.output<typeof fleetSchema>;

/** Worst first; what we cannot judge stands before what is merely degraded. */
const WORST_FIRST: readonly WritePathState[] = ["split", "broken", "unknown", "degraded", "ok"];

/** Summaries of the given pictures, worst first; equals keep the order of the configuration. */
export function fleetEntries(snapshots: readonly Snapshot[]): FleetEntry[] {
  const rank = (entry: FleetEntry) => WORST_FIRST.indexOf(entry.writePath.state) * 1_000 - entry.findings.critical;
  return snapshots.map(fleetEntry).sort((a, b) => rank(a) - rank(b));
}

function fleetEntry(snapshot: Snapshot): FleetEntry {
  const { scope, title, environment, version, at, paused } = snapshot;
  const { state, code, writer, message, sentence, since, agree, of } = snapshot.writePath;
  const present = snapshot.members.filter((member) => member.presence === "present").length;
  const withSeverity = (severity: string) => snapshot.findings.filter((one) => one.severity === severity).length;
  return {
    scope,
    title,
    environment,
    version,
    at,
    writePath: {
      state,
      code,
      writer,
      message: { ...message, params: { ...message.params } },
      sentence,
      since,
      agree,
      of,
    },
    leader: snapshot.leader?.name ?? null,
    members: { present, missing: snapshot.members.length - present },
    paused,
    findings: {
      critical: withSeverity("critical"),
      warn: withSeverity("warn"),
      info: withSeverity("info"),
      unknown: withSeverity("unknown"),
    },
    sources: { total: snapshot.sources.length, stale: snapshot.sources.filter((source) => source.stale).length },
  };
}
