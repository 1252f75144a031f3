import type { ListAt } from "./rows";

/** Clocks of hosts differ, and a backup is on the list a moment after it stopped. */
const SLACK_MS = 10_000;

/**
 * Whether two places tell different things of one stanza: `local` when at least one of them sees nothing of what another does, which is
 * what a repository on a host's own disk looks like; `differs` otherwise. Places are asked at different moments, so only
 * a backup that had stopped before the older look, and is missing from it, begins a difference; one that `before` told of lasts as long as
 * the lists are not equal.
 */
export function differenceOf(lists: readonly ListAt[], before: "local" | "differs" | null): "local" | "differs" | null {
  if (lists.length < 2) return null;
  const sets = lists.map(({ stanza }) => new Set(stanza.backups.map((backup) => backup.label)));
  const equal = sets.every((set) => same(set, sets[0]));
  if (equal) return null;
  const begun = lists.some((newer) => lists.some((older) => newer.at >= older.at && lacks(older, newer)));
  if (!begun && before === null) return null;
  const apart = sets.some((set, i) =>
    sets.some((other, j) => i < j && disjoint(set, other) && set.size + other.size > 0),
  );
  return apart ? "local" : "differs";
}

/** Whether `older` lacks a backup that `newer` sees and that was there already when `older` was asked. */
function lacks(older: ListAt, newer: ListAt): boolean {
  const seen = new Set(older.stanza.backups.map((backup) => backup.label));
  return newer.stanza.backups.some(
    ({ label, stoppedAt }) => !seen.has(label) && stoppedAt !== null && Date.parse(stoppedAt) + SLACK_MS < older.at,
  );
}

const same = (a: ReadonlySet<string>, b: ReadonlySet<string> | undefined): boolean =>
  b !== undefined && a.size === b.size && [...a].every((label) => b.has(label));
const disjoint = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => ![...a].some((label) => b.has(label));
