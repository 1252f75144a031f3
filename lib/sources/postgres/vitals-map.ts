import type { Instant } from "@/lib/domain/ids";
import type { ArchiveBacklog, PostgresVitals } from "@/lib/domain/vitals/facts";
import { atLeastZero } from "./map";
import type { VitalsAnswer } from "./vitals-schema";

/** `vitalsSql`'s answer in the domain's words, with the files that waited when they were last counted. */
export function toPostgresVitals(answer: VitalsAnswer, backlog: ArchiveBacklog | null): PostgresVitals {
  const { mayListArchive: _, activity, archiver, ...rest } = answer;
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
    archiver: {
      ...archiver,
      lastArchivedAt: archiver.lastArchivedAt as Instant | null,
      lastFailedAt: archiver.lastFailedAt as Instant | null,
      backlog: answer.mayListArchive ? backlog : null,
    },
  };
}

/** The last attempt to archive failed: what it says is newer than the last success. */
export function lastAttemptFailed({ lastArchivedAt, lastFailedAt }: VitalsAnswer["archiver"]): boolean {
  return lastFailedAt !== null && (lastArchivedAt === null || lastFailedAt > lastArchivedAt);
}
