import type { EpochMs } from "../ids";
import type { BackupRecord, StanzaFacts } from "./facts";
import type { BackupRow } from "./view";

/** A stanza as one place showed it at a moment. */
export type ListAt = { readonly place: string; readonly at: EpochMs; readonly stanza: StanzaFacts };

const keyOf = (backup: BackupRecord) => `${backup.repo ?? ""}/${backup.label}`;

/** Every backup that some place sees, newest first, with whether all that it needs is there. */
export function rowsOf(seen: readonly ListAt[]): BackupRow[] {
  const all = new Map<string, { backup: BackupRecord; places: string[] }>();
  for (const { place, stanza } of seen) {
    for (const backup of stanza.backups) {
      const known = all.get(keyOf(backup));
      if (known) known.places.push(place);
      else all.set(keyOf(backup), { backup, places: [place] });
    }
  }
  const good = new Set([...all.values()].filter(({ backup }) => isGood(backup)).map(({ backup }) => keyOf(backup)));
  return [...all.values()]
    .map(({ backup, places }) => {
      const missing = backup.dependsOn.filter((label) => !good.has(keyOf({ ...backup, label })));
      return {
        ...backup,
        missing,
        restorable: restorable(backup, missing),
        onlyAt: places.length < seen.length ? places : [],
      };
    })
    .sort(byNewest);
}

/** Complete by the tool's word, and without pages that are known to be broken. */
const isGood = ({ state, error }: BackupRecord): boolean => state === "done" && error !== true;

function restorable(backup: BackupRecord, missing: readonly string[]): boolean | null {
  if (missing.length > 0 || backup.state === "failed") return false;
  // Barman does not tell what an incremental backup stands on.
  const told = backup.type === "full" || backup.dependsOn.length > 0;
  return backup.state === "done" && told ? true : null;
}

/** Complete, without pages known to be broken, and with nothing known to be missing of what it depends on. */
export const isUsable = (row: BackupRow): boolean => isGood(row) && row.restorable !== false;

function byNewest(a: BackupRow, b: BackupRow): number {
  const [x, y] = [timeOf(a), timeOf(b)];
  if (x !== y) return x < y ? 1 : -1;
  return a.label < b.label ? 1 : a.label > b.label ? -1 : 0;
}

/** Unfinished ones have no end, and some no time at all: those are the newest, until they tell. */
const timeOf = ({ stoppedAt, startedAt }: BackupRow): string => stoppedAt ?? startedAt ?? "9999";
