import { z } from "zod";
import type { BaseBackupFacts } from "@/lib/domain/backups/facts";
import { instantOfText } from "./times";

/** The view exists since 13 in this form; without `pg_read_all_stats` its rows are there, but empty. */
export const PROGRESS_SQL = `
SELECT pg_has_role(current_user, 'pg_read_all_stats', 'USAGE') AS readable,
  coalesce((
    SELECT json_agg(json_build_object(
      'pid', p.pid, 'application', a.application_name, 'client', host(a.client_addr),
      'startedAt', a.backend_start, 'phase', p.phase,
      'totalBytes', p.backup_total, 'streamedBytes', p.backup_streamed) ORDER BY p.pid)
    FROM pg_stat_progress_basebackup p LEFT JOIN pg_stat_activity a USING (pid)
  ), '[]') AS streams`;

const stream = z.object({
  pid: z.number(),
  application: z.string().nullable(),
  client: z.string().nullable(),
  startedAt: z.string().nullable(),
  phase: z.string().nullable(),
  totalBytes: z.number().nullable(),
  streamedBytes: z.number().nullable(),
});

export const baseBackupRows = z.object({ readable: z.boolean(), streams: z.array(stream) });

export function toBaseBackupFacts(streams: z.infer<typeof baseBackupRows>["streams"]): BaseBackupFacts {
  return {
    streams: streams.map((one) => ({
      ...one,
      application: one.application || null,
      startedAt: instantOfText(one.startedAt),
      phase: one.phase ?? "",
    })),
  };
}
