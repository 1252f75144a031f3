import type { BackupFacts, BackupRecord } from "@/lib/domain/backups/facts";
import { durationBetween } from "../times";
import type { BackupLabel } from "./label";
import type { Manifest } from "./manifest";

/** Base backups in a folder as what a backup tool would tell of them, however the folder was read. */
export function toFacts(name: string, unsorted: readonly BackupRecord[]): BackupFacts {
  const backups = unsorted.toSorted((a, b) =>
    (a.stoppedAt ?? a.startedAt ?? "") < (b.stoppedAt ?? b.startedAt ?? "") ? -1 : 1,
  );
  const last = backups.findLast(({ state }) => state === "done");
  return {
    version: null,
    stanzas: [
      {
        name,
        status: { kind: last ? "ok" : "empty", message: "" },
        repos: [],
        systemId: last?.systemId ?? null,
        postgresVersion: last?.postgresVersion ?? null,
        archives: [],
        backups: linked(backups),
        running: null,
      },
    ],
  };
}

/** What is told by the folder around the two files. `complete`: its manifest was written to the end. */
export type Around = {
  readonly complete: boolean;
  readonly writtenAt: BackupRecord["stoppedAt"];
  readonly version: string | null;
};

export function toRecord(
  name: string,
  label: BackupLabel | null,
  manifest: Manifest | null,
  around: Around,
): BackupRecord {
  const stoppedAt = around.complete ? around.writtenAt : null;
  const startedAt = label?.startedAt ?? null;
  const lsnStart = label?.lsnStart ?? manifest?.lsnStart ?? null;
  return {
    label: name,
    type: label === null ? "unknown" : label.incrementalFrom === null ? "full" : "incr",
    state: around.complete ? "done" : "incomplete",
    startedAt,
    stoppedAt,
    durationMs: durationBetween(startedAt, stoppedAt),
    databaseBytes: manifest?.totalBytes ?? null,
    deltaBytes: null,
    repoBytes: null,
    repoDeltaBytes: null,
    lsnStart,
    lsnStop: manifest?.lsnStop ?? null,
    walStart: label?.walStart ?? null,
    walStop: null,
    error: null,
    dependsOn: label?.incrementalFrom ? [label.incrementalFrom] : [],
    annotation: label?.label ? { label: label.label } : {},
    repo: null,
    retention: null,
    systemId: manifest?.systemId ?? null,
    postgresVersion: around.version,
  };
}

/** An incremental backup names its base by the position at which that one began. */
function linked(backups: readonly BackupRecord[]): BackupRecord[] {
  return backups.map((backup) => ({
    ...backup,
    dependsOn: backup.dependsOn.map((at) => backups.find((one) => one.lsnStart === at)?.label ?? `(${at})`),
  }));
}
