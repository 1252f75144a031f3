import type { BackupMark } from "@/lib/domain/backups/view";
import { ageSeconds, type Family, ofClusters, row } from "./family";

const ofBackups = (name: string, help: string, pick: "last" | "lastFull"): Family =>
  ofClusters(name, help, ["source"], ({ backups }, { now }) =>
    backups.sources.flatMap((source) =>
      source.trust === "fresh" ? row(ageSeconds(endOf(source[pick]), now), { source: source.id }) : [],
    ),
  );

const endOf = (mark: BackupMark | null): string | null => mark?.stoppedAt ?? null;

/** Backups and the archive. A list that is stale says nothing of what was made since. */
export const BACKUP_FAMILIES: readonly Family[] = [
  ofBackups("backup_age_seconds", "Time since the newest good backup ended.", "last"),
  ofBackups("backup_full_age_seconds", "Time since the newest good full backup ended.", "lastFull"),
  ofClusters("backups", "Good backups that the source holds.", ["source"], ({ backups }) =>
    backups.sources.flatMap(({ id, trust, count }) => (trust === "fresh" ? row(count, { source: id }) : [])),
  ),
  ofClusters("backup_running", "Whether a backup is running.", ["source"], ({ backups }) =>
    backups.sources.flatMap(({ id, runningKnown, running }) =>
      runningKnown ? row(running !== null, { source: id }) : [],
    ),
  ),
  ofClusters("archiver_failing", "Whether the leader's archiver fails, or stands still while files wait.", [], (one) =>
    one.archiving?.trust === "fresh" && one.archiving.state !== "unknown"
      ? row(one.archiving.state === "failing" || one.archiving.state === "stuck")
      : [],
  ),
  ofClusters("archiver_backlog_files", "WAL files that wait to be archived.", [], ({ archiving }) =>
    archiving?.trust === "fresh" ? row(archiving.backlog) : [],
  ),
];
