import type { Instant } from "@/lib/domain/ids";
import type { ArchiveBacklog, DiskFacts, PostgresVitals, SessionNote } from "@/lib/domain/vitals/facts";
import { atLeastZero } from "./map";
import type { VitalsAnswer } from "./vitals-schema";

/** What is asked rarely, as it was last answered. */
export type SeldomAsked = { readonly backlog: ArchiveBacklog | null; readonly disk: DiskFacts | null };

/** `vitalsSql`'s answer in the domain's words, with what is asked more rarely than that. */
export function toPostgresVitals(answer: VitalsAnswer, { backlog, disk }: SeldomAsked): PostgresVitals {
  const { mayListArchive: _, mayAskDisk: __, activity, archiver, databases, ...rest } = answer;
  return {
    ...rest,
    serverTime: answer.serverTime as Instant,
    connections: activity && {
      active: activity.active,
      waiting: activity.waiting,
      idle: activity.idle,
      idleInTransaction: activity.idleInTransaction,
      other: activity.all - activity.active - activity.waiting - activity.idle - activity.idleInTransaction,
    },
    oldestTransactionSeconds: atLeastZero(activity?.oldestTransactionSeconds ?? null),
    longestTransaction: toNote(answer.longestTransaction),
    longestIdleInTransaction: toNote(answer.longestIdleInTransaction),
    lockWaits: answer.lockWaits && {
      sessions: answer.lockWaits.sessions,
      longestSeconds: Math.max(0, answer.lockWaits.longestSeconds),
    },
    databases: { ...databases, checksumLastFailureAt: databases.checksumLastFailureAt as Instant | null },
    archiver: {
      ...archiver,
      lastArchivedAt: archiver.lastArchivedAt as Instant | null,
      lastFailedAt: archiver.lastFailedAt as Instant | null,
      backlog: answer.mayListArchive ? backlog : null,
    },
    disk: answer.mayAskDisk ? disk : null,
  };
}

const toNote = (note: VitalsAnswer["longestTransaction"]): SessionNote | null =>
  note && { ...note, application: note.application ?? "", seconds: Math.max(0, note.seconds) };

/** The last attempt to archive failed: what it says is newer than the last success. */
export function lastAttemptFailed({ lastArchivedAt, lastFailedAt }: VitalsAnswer["archiver"]): boolean {
  return lastFailedAt !== null && (lastArchivedAt === null || lastFailedAt > lastArchivedAt);
}
