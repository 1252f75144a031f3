import { z } from "zod";

/** Counters arrive as numbers (int4) or as text (int8, numeric), depending on the column and the version. */
const count = z.union([z.number(), z.string().regex(/^\d+$/)]).transform(Number);
const text = z.string().nullable();

/** `SHOW DATABASES`, by column name: 1.23 and 1.24 added columns in between. */
export const databaseRows = z.array(
  z.object({
    name: z.string(),
    host: text,
    port: count.nullable(),
    paused: count,
    disabled: count,
    pool_size: count.nullish(),
    max_connections: count.nullish(),
    current_connections: count.nullish(),
  }),
);

/** `SHOW POOLS`. `maxwait` is in whole seconds and `maxwait_us` the microseconds on top. */
export const poolRows = z.array(
  z.object({
    database: z.string(),
    user: z.string(),
    cl_active: count,
    cl_waiting: count,
    sv_active: count,
    sv_idle: count,
    sv_used: count,
    sv_tested: count,
    sv_login: count,
    maxwait: count,
    maxwait_us: count,
    pool_mode: text,
  }),
);

/** `SHOW STATS`: totals since the start, times in microseconds. 1.23 put the assignments in, as its second column. */
export const statsRows = z.array(
  z.object({
    database: z.string(),
    total_server_assignment_count: count.optional(),
    total_xact_count: count,
    total_query_count: count,
    total_received: count,
    total_sent: count,
    total_xact_time: count,
    total_query_time: count,
    total_wait_time: count,
  }),
);

/** `SHOW STATE`, from 1.19: rows `active`, `paused`, `suspended`, each `yes` or `no`. */
export const stateRows = z.array(z.object({ key: z.string(), value: z.string() }));

/** `SHOW VERSION`, for example `PgBouncer 1.18.0`. */
export const versionRows = z.array(z.object({ version: z.string() }));

export type DatabaseRow = z.infer<typeof databaseRows>[number];
export type PoolRow = z.infer<typeof poolRows>[number];
export type StateRow = z.infer<typeof stateRows>[number];
export type StatsRow = z.infer<typeof statsRows>[number];
