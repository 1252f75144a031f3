import { z } from "zod";
import type { InspectValues } from "@/lib/domain/inspect/answer";
import type { InspectTopic } from "@/lib/domain/inspect/topics";
import { activitySchema } from "./inspect/activity";
import { replicationSchema } from "./inspect/replication";
import { databasesSchema, sizesSchema, vacuumSchema, walSchema } from "./inspect/server";
import { settingDifferenceSchema, settingsSchema, statementsSchema, tablesSchema } from "./inspect/tables";
import { type DeepReadonly, failureSchema, instantSchema, memberNameSchema, type Same, scopeSchema } from "./scalars";

export const inspectSchemas = {
  activity: activitySchema,
  replication: replicationSchema,
  wal: walSchema,
  databases: databasesSchema,
  sizes: sizesSchema,
  tables: tablesSchema,
  vacuum: vacuumSchema,
  statements: statementsSchema,
  settings: settingsSchema,
} as const satisfies Readonly<Record<InspectTopic, z.ZodType>>;

type Wire = { [T in InspectTopic]: DeepReadonly<z.output<(typeof inspectSchemas)[T]>> };
true satisfies Same<Wire, InspectValues>;

const lastSchema = z.object({ at: instantSchema, tookMs: z.number(), failure: failureSchema.nullable() });

const head = {
  scope: scopeSchema,
  member: memberNameSchema,
  database: z.string().nullable().describe("The database asked for; null: the one that the dashboard is connected to"),
  intervalMs: z.number().describe("The member is asked no more often than about this, however many look"),
  queries: z
    .enum(["shown", "hidden"])
    .describe("hidden: the text of queries is left out, because the reader's role may not see it"),
  last: lastSchema.describe("How the last attempt ended"),
};

function answerOf<T extends InspectTopic>(topic: T) {
  const good = z.object({ at: instantSchema, tookMs: z.number(), value: inspectSchemas[topic] });
  return z.object({ ...head, topic: z.literal(topic), good: good.nullable().describe("The last good answer") });
}

/** `GET /api/v1/clusters/[scope]/members/[member]/inspect/[topic]` */
export const inspectAnswerSchema = z.discriminatedUnion("topic", [
  answerOf("activity"),
  answerOf("replication"),
  answerOf("wal"),
  answerOf("databases"),
  answerOf("sizes"),
  answerOf("tables"),
  answerOf("vacuum"),
  answerOf("statements"),
  answerOf("settings"),
]);
export type InspectAnswer = z.output<typeof inspectAnswerSchema>;
export type InspectAnswerOf<T extends InspectTopic> = Omit<z.output<ReturnType<typeof answerOf<T>>>, "good"> & {
  good: { at: InspectAnswer["last"]["at"]; tookMs: number; value: InspectValues[T] } | null;
};

/** `GET /api/v1/clusters/[scope]/settings` */
export const settingsComparisonSchema = z.object({
  scope: scopeSchema,
  intervalMs: z.number(),
  members: z
    .array(
      z.object({
        member: memberNameSchema,
        at: instantSchema.nullable().describe("When its settings were read; null: they never were"),
        failure: failureSchema.nullable(),
        pendingRestart: z.array(z.string()).describe("Settings that wait for a restart"),
      }),
    )
    .describe("The leader first"),
  differences: z.array(settingDifferenceSchema),
  left: z.array(z.string()).describe("Settings that differ as they must, and are left out"),
});
export type SettingsComparison = z.output<typeof settingsComparisonSchema>;
