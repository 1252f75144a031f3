/** One line of the statistics, by column name. */
export type CsvRow = Readonly<Record<string, string>>;

/**
 * Reads HAProxy's statistics as CSV (`doc/management.txt` 9.1): the first line begins with `# ` and names the columns, whose
 * order is not guaranteed beyond the first hundred; a field may be quoted, quotes inside are doubled, and it may hold
 * commas and line breaks; every line ends with a comma. Null when the text is anything else, or was cut off: a server that
 * is missing from the answer must not look like one that is missing from the pool.
 */
export function parseStatsCsv(text: string): readonly CsvRow[] | null {
  if (!text.startsWith("# ")) return null;
  const [names, ...lines] = parseLines(text.slice(2)) ?? [];
  if (!names) return null;
  const rows = lines.map((fields) => toRow(names, fields));
  return NEEDED.every((name) => names.includes(name)) && rows.every(isWhole) ? rows : null;
}

const NEEDED = ["pxname", "svname", "status"];
const isWhole = (row: CsvRow): boolean => NEEDED.every((name) => row[name] !== "");

function toRow(names: readonly string[], fields: readonly string[]): CsvRow {
  const row: Record<string, string> = {};
  for (const [at, name] of names.entries()) {
    if (name !== "") row[name] = fields[at] ?? "";
  }
  return row;
}

const FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

function parseLines(text: string): string[][] | null {
  const lines: string[][] = [];
  let line: string[] = [];
  FIELD.lastIndex = 0;
  while (FIELD.lastIndex < text.length) {
    const match = FIELD.exec(text);
    if (!match) return null;
    line.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (match[3] === ",") continue;
    if (line.length > 1) lines.push(line);
    line = [];
  }
  if (line.length > 1) lines.push(line);
  return lines;
}
