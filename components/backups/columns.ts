export const COLUMNS = [
  "label",
  "type",
  "stopped",
  "duration",
  "database",
  "delta",
  "repo",
  "wal",
  "state",
  "depends",
] as const;
export type Column = (typeof COLUMNS)[number];

const FIGURES: ReadonlySet<Column> = new Set(["duration", "database", "delta", "repo"]);
export const isFigureColumn = (column: Column): boolean => FIGURES.has(column);

/** Where a row can be linked to. */
export const rowAnchor = (sourceId: string, label: string): string =>
  `backup-${encodeURIComponent(`${sourceId}/${label}`)}`;
