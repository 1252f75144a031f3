import type { SeriesAnswer, SeriesLine } from "@/lib/contract/series";

/** The figures of a chart as rows: what the table on the page and the file both hold. */

export const FIGURES = ["min", "mean", "max"] as const;
export type Figure = (typeof FIGURES)[number];

export type DataColumn = { readonly label: string; readonly figure: Figure; readonly unit: SeriesAnswer["unit"] };
export type DataTable = {
  readonly columns: readonly DataColumn[];
  /** Oldest first; null is a hole. */
  readonly rows: readonly { readonly at: number; readonly values: readonly (number | null)[] }[];
};

/** One row a moment that any line has a point at. */
export function dataTable(
  answers: readonly SeriesAnswer[],
  label: (line: SeriesLine, answer: SeriesAnswer) => string,
): DataTable {
  const lines = answers.flatMap((answer) => answer.lines.map((line) => ({ line, answer })));
  const columns = lines.flatMap(({ line, answer }) =>
    FIGURES.map((figure) => ({ label: label(line, answer), figure, unit: answer.unit })),
  );
  const byTime = new Map<number, (number | null)[]>();
  lines.forEach(({ line }, index) => {
    for (const point of line.points) {
      const values = byTime.get(point.at) ?? columns.map(() => null);
      FIGURES.forEach((figure, offset) => {
        values[index * FIGURES.length + offset] = point[figure];
      });
      byTime.set(point.at, values);
    }
  });
  const rows = [...byTime].sort(([a], [b]) => a - b).map(([at, values]) => ({ at, values }));
  return { columns, rows };
}

/** A name may hold anything; a spreadsheet must not take it for a formula. */
const cell = (text: string): string => {
  const tame = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
};

/** RFC 4180, in UTF-8: times in ISO 8601 UTC, figures in the unit of the heading, a hole as an empty field. */
export function toCsv({ columns, rows }: DataTable): string {
  const head = ["time (UTC)", ...columns.map(({ label, figure, unit }) => `${label} ${figure} (${unit})`)];
  const body = rows.map(({ at, values }) => [
    new Date(at).toISOString(),
    ...values.map((value) => (value === null ? "" : String(value))),
  ]);
  return [head.map(cell), ...body].map((fields) => `${fields.join(",")}\r\n`).join("");
}

/** `pg1_replay-lag-bytes_20261121T031245Z_20261121T041245Z.csv`; safe as a file name whatever the scope is. */
export function csvName(scope: string, chart: string, from: number, to: number): string {
  const stamp = (at: number) => `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
  return `${scope.replaceAll(/[^\w.-]+/g, "-")}_${chart}_${stamp(from)}_${stamp(to)}.csv`;
}

/** Hands a text to the browser as a file. */
export function saveText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
