import type { Instant } from "../ids";
import type { BackupSourceView, EndedBackup, RunningBackup } from "./view";

/** What one place shows now of a running backup. */
export type Sighting = {
  readonly place: string;
  readonly at: Instant;
  /** By fresh evidence only; a place that is not fresh is not in the list. */
  readonly held: boolean;
  readonly totalBytes: number | null;
  readonly doneBytes: number | null;
  /** Whether it is a backup for certain: pgBackRest's `expire` takes the same lock, and copies nothing. */
  readonly certain: boolean;
};

export type Course = Pick<BackupSourceView, "running" | "ended" | "runningKnown">;

type Before = Pick<BackupSourceView, "running" | "ended" | "runningKnown" | "at"> | null;

/**
 * Follows running backups from look to look, since pgBackRest keeps no record of one that failed: a lock that was held, is let go,
 * and left no new backup. `newest` is the newest good backup now. What begins and fails between two looks is not seen.
 */
export function followCourse(sightings: readonly Sighting[], newest: string | null, before: Before): Course {
  const runningKnown = sightings.length > 0;
  const was = before?.running ?? null;
  const earlier = before?.ended ?? null;
  const held = sightings.find((one) => one.held && one.place === was?.place) ?? sightings.find((one) => one.held);
  if (held && was && isSameRun(held, was)) return { running: goOn(held, was), ended: earlier, runningKnown };
  if (held) {
    const ended = was && held.place === was.place ? endOf(was, held, newest) : earlier;
    return { running: begin(held, was ? null : before, newest), ended, runningKnown };
  }
  if (!was) return { running: null, ended: earlier, runningKnown };
  const there = sightings.find((one) => one.place === was.place);
  // Only the host that ran it can say that it runs no more; while that one is silent, the last word stands.
  if (!there) return { running: was, ended: earlier, runningKnown };
  return { running: null, ended: endOf(was, there, newest), runningKnown };
}

/**
 * A new backup on the list ends nothing while its lock is held: the `expire` that follows a backup keeps it. A copy that has got less far
 * than it was is another one.
 */
const isSameRun = (held: Sighting, was: RunningBackup): boolean =>
  held.place === was.place && (held.doneBytes === null || was.doneBytes === null || held.doneBytes >= was.doneBytes);

function goOn(held: Sighting, was: RunningBackup): RunningBackup {
  // The figures are told only while files are copied.
  return {
    ...was,
    totalBytes: held.totalBytes ?? was.totalBytes,
    doneBytes: held.doneBytes ?? was.doneBytes,
    certain: was.certain || held.certain,
  };
}

function begin(held: Sighting, before: Before, newest: string | null): RunningBackup {
  const { place, at, totalBytes, doneBytes, certain } = held;
  const notBefore = before?.runningKnown ? before.at : null;
  return { seenAt: at, notBefore, place, totalBytes, doneBytes, newestBefore: newest, certain };
}

function endOf(was: RunningBackup, there: Sighting, newest: string | null): EndedBackup {
  const label = newest !== was.newestBefore ? newest : null;
  const outcome = label !== null ? "finished" : was.certain ? "failed" : "nothing";
  return { outcome, seenAt: was.seenAt, endedAt: there.at, place: was.place, label };
}
