import { clsx } from "clsx";
import type { ReactNode } from "react";

export type PlainColumn<Row> = {
  readonly key: string;
  readonly title: ReactNode;
  readonly figure?: boolean;
  readonly cell: (row: Row) => ReactNode;
};

/** A plain table that scrolls sideways in its own box. The first column names the row. */
export function PlainTable<Row>(props: {
  caption: string;
  columns: readonly PlainColumn<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  rowClass?: (row: Row) => string;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="overflow-x-auto" aria-label={props.caption} tabIndex={0}>
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{props.caption}</caption>
        <thead>
          <tr>
            {props.columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={clsx(
                  "px-3 pb-1.5 text-xs font-medium whitespace-nowrap text-ink-3 first:pl-4 last:pr-4",
                  column.figure ? "text-right" : "text-left",
                )}
              >
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={props.keyOf(row)} className={clsx("border-t border-line align-top", props.rowClass?.(row))}>
              {props.columns.map((column, at) => {
                const Cell = at === 0 ? "th" : "td";
                return (
                  <Cell
                    key={column.key}
                    {...(at === 0 ? { scope: "row" as const } : {})}
                    className={clsx(
                      "px-3 py-1.5 font-normal first:pl-4 last:pr-4",
                      column.figure ? "figures text-right whitespace-nowrap" : "text-left",
                    )}
                  >
                    {column.cell(row)}
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
