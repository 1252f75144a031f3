import type { Instant } from "../ids";
import type { ArchiveRange } from "./facts";
import { isUsable } from "./rows";
import type { BackupRow, RestoreWindow } from "./view";
import { isWalUpTo, walOrder } from "./wal";

/** What PostgreSQL's own archiver says on the leader: the newest file that it archived, and when. */
export type Archived = { readonly wal: string | null; readonly at: Instant | null };

/**
 * The time to which a restore is possible: from the end of the oldest good full backup whose WAL is in the archive, up to the newest
 * moment that is proven to be there. Null where there is no such backup, or where the tool does not tell which WAL it holds. That no
 * file is missing in between is assumed, since no tool tells it.
 */
export function restoreWindow(
  rows: readonly BackupRow[],
  archives: readonly ArchiveRange[],
  archived: Archived | null,
  previous: RestoreWindow | null,
): RestoreWindow | null {
  const usable = rows.filter((row) => isUsable(row) && isArchived(row, archives));
  const from = usable.findLast((row) => row.type === "full" && row.stoppedAt !== null);
  const newest = usable.find((row) => row.stoppedAt !== null);
  if (!from?.stoppedAt || !newest?.stoppedAt) return null;
  const walTo = newestWal(archives);
  const byArchiver = archived ? provenBy(archived, walTo) : null;
  const kept = previous?.toBasis === "archiver" && previous.walTo === walTo ? previous.to : null;
  const proven = latest(byArchiver, kept);
  const toBasis = proven !== null && proven > newest.stoppedAt ? "archiver" : "backup";
  return {
    from: from.stoppedAt,
    fromLabel: from.label,
    to: toBasis === "archiver" && proven !== null ? proven : newest.stoppedAt,
    toBasis,
    walFrom: from.walStart,
    walTo,
  };
}

/** Whether the files that a backup needs to become consistent lie within what its repository holds. */
export function isArchived(row: BackupRow, archives: readonly ArchiveRange[]): boolean {
  return archives.some(
    (range) =>
      (range.repo === null || row.repo === null || range.repo === row.repo) &&
      isWalUpTo(range.min, row.walStart) === true &&
      isWalUpTo(row.walStop, range.max) === true,
  );
}

/** The newest file of the database that the stanza holds now. */
export function newestWal(archives: readonly ArchiveRange[]): string | null {
  const names = archives.flatMap(({ current, max }) => (current && max !== null ? [max] : []));
  return names.reduce<string | null>((best, name) => (isWalUpTo(name, best) === true ? best : name), null);
}

/** A file that the repository holds was archived at that moment, so everything committed before it was switched is there. */
function provenBy({ wal, at }: Archived, walTo: string | null): Instant | null {
  return walOrder(wal) !== null && isWalUpTo(wal, walTo) === true ? at : null;
}

const latest = (a: Instant | null, b: Instant | null): Instant | null =>
  a === null ? b : b === null ? a : a > b ? a : b;
