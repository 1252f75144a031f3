"use client";
import { clsx } from "clsx";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useT } from "@/lib/client/i18n";

export type Column<R> = {
  readonly id: string;
  readonly label: string;
  readonly cell: (row: R) => ReactNode;
  /** What it is sorted by; null stands last either way. Without it the column cannot be sorted. */
  readonly by?: (row: R) => number | string | null;
  /** Figures stand at the right. */
  readonly figure?: boolean;
  readonly className?: string;
};

type Order = { readonly id: string; readonly down: boolean };

/** A table in a window of its own, so that its head stays in sight; the first column stays while it scrolls sideways. */
export function DataTable<R>(props: {
  label: string;
  columns: readonly Column<R>[];
  rows: readonly R[];
  keyOf: (row: R) => string;
  order?: Order;
  rowProps?: (row: R) => Record<`data-${string}`, string | number | boolean>;
}) {
  const [order, setOrder] = useState<Order | null>(props.order ?? null);
  const by = props.columns.find(({ id }) => id === order?.id)?.by;
  const rows = by && order ? sorted(props.rows, by, order.down) : props.rows;
  const turn = (id: string) => setOrder((now) => ({ id, down: now?.id === id ? !now.down : true }));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a window that scrolls, not a part of the page's outline
    <div
      role="group"
      aria-label={props.label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
      className="relative max-h-[36rem] overflow-auto rounded-b-lg border-t border-line"
    >
      <table className="w-full border-separate border-spacing-0 text-sm">
        <thead>
          <tr>
            {props.columns.map((column) => (
              <HeadCell key={column.id} column={column} order={order} onTurn={() => turn(column.id)} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={props.keyOf(row)} {...props.rowProps?.(row)} className="group">
              {props.columns.map((column, index) => {
                const Cell = index === 0 ? "th" : "td";
                return (
                  <Cell
                    key={column.id}
                    {...(index === 0 ? { scope: "row" } : {})}
                    className={clsx(
                      "border-b border-line px-2.5 py-1.5 align-top font-normal first:pl-4 last:pr-4 group-last:border-b-0",
                      index === 0 && "sticky left-0 z-[1] bg-surface text-left",
                      column.figure ? "text-right whitespace-nowrap" : "text-left",
                      column.className,
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
    </div>
  );
}

function HeadCell<R>(props: { column: Column<R>; order: Order | null; onTurn: () => void }) {
  const { column, order } = props;
  const t = useT();
  const chosen = order?.id === column.id;
  const Arrow = order?.down ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={column.by ? (chosen ? (order.down ? "descending" : "ascending") : "none") : undefined}
      className={clsx(
        "sticky top-0 z-[2] border-b border-line-strong bg-surface px-2.5 py-1.5 text-xs font-medium whitespace-nowrap text-ink-3 first:left-0 first:z-[3] first:pl-4 last:pr-4",
        column.figure ? "text-right" : "text-left",
      )}
    >
      {column.by ? (
        <button
          type="button"
          onClick={props.onTurn}
          title={t("postgres.sort")}
          className={clsx(
            "inline-flex items-center gap-1 hover:text-ink",
            column.figure && "flex-row-reverse",
            chosen && "text-ink",
          )}
        >
          {column.label}
          {/* The place is kept, so that nothing moves when another column is chosen. */}
          <Arrow size={12} aria-hidden="true" className={chosen ? "" : "invisible"} />
        </button>
      ) : (
        column.label
      )}
    </th>
  );
}

function sorted<R>(rows: readonly R[], by: (row: R) => number | string | null, down: boolean): readonly R[] {
  const sign = down ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [left, right] = [by(a), by(b)];
    if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
    if (typeof left === "number" && typeof right === "number") return sign * (left - right);
    return sign * String(left).localeCompare(String(right));
  });
}
