import { z } from "zod";

/** Parts of raw answers (`GET …/sources/[id]`) that the routing page draws. */

/** What the statistics page of one HAProxy counts, as `GET …/sources/haproxy:<node>` carries it. */
export const haproxyCountersSchema = z.object({
  counters: z.array(
    z.object({
      pool: z.string(),
      server: z.string().nullable(),
      sessionsMax: z.number().nullable(),
      sessionsLimit: z.number().nullable(),
      sessionsTotal: z.number().nullable(),
      sessionsPerSecond: z.number().nullable(),
      bytesIn: z.number().nullable(),
      bytesOut: z.number().nullable(),
      queueMax: z.number().nullable(),
      queueMs: z.number().nullable(),
      connectMs: z.number().nullable(),
      connectionErrors: z.number().nullable(),
      checkMs: z.number().nullable(),
      failedChecks: z.number().nullable(),
      wentDown: z.number().nullable(),
      downtimeSeconds: z.number().nullable(),
    }),
  ),
});
export type HaproxyCounters = z.output<typeof haproxyCountersSchema>["counters"][number];

/** The console of one PgBouncer, as `GET …/sources/pgbouncer:<member>` carries it. */
export const pgbouncerDetailSchema = z.object({
  databases: z.array(
    z.object({
      name: z.string(),
      host: z.string().nullable(),
      port: z.number().nullable(),
      paused: z.boolean(),
      disabled: z.boolean(),
      poolSize: z.number().nullable(),
      connections: z.number().nullable(),
      connectionsMax: z.number().nullable(),
    }),
  ),
  stats: z.array(
    z.object({
      database: z.string(),
      transactions: z.number(),
      queries: z.number(),
      assignments: z.number().nullable(),
      receivedBytes: z.number(),
      sentBytes: z.number(),
      queryMs: z.number(),
      waitMs: z.number(),
    }),
  ),
});
export type PgbouncerDetail = z.output<typeof pgbouncerDetailSchema>;
