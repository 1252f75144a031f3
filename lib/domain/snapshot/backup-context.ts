import type { BackupContext } from "../backups/build";
import { type Evidence, freshOf, lastOf } from "../evidence/evidence";
import type { ArchivingView } from "../vitals/archiving-view";

/** What the rest of the evidence lends to the judgement of backups. */
export function backupContext(
  evidence: Evidence,
  systemId: string | null,
  archiving: ArchivingView | null,
): BackupContext {
  const versions = evidence.members.map(
    ({ postgres, patroni }) => lastOf(postgres)?.serverVersion ?? lastOf(patroni)?.serverVersion ?? null,
  );
  const version = versions.find((one) => one !== null) ?? null;
  return {
    systemId: systemId ?? evidence.members.map(({ postgres }) => freshOf(postgres)?.systemId).find(Boolean) ?? null,
    postgresVersion: version === null ? null : String(Math.floor(version / 10_000)),
    archived: archiving?.trust === "fresh" ? { wal: archiving.lastArchivedWal, at: archiving.lastArchivedAt } : null,
    now: evidence.now,
  };
}
