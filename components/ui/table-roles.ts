/**
 * As cards, table elements lose their roles, since `display` decides them; said out loud they stay a table for screen readers
 * at every width.
 */
export const AS = {
  table: { role: "table" },
  rowgroup: { role: "rowgroup" },
  row: { role: "row" },
  columnheader: { role: "columnheader" },
  rowheader: { role: "rowheader" },
  cell: { role: "cell" },
} as const;
