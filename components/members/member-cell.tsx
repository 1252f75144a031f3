"use client";
import type { ReactNode } from "react";
import { AS } from "@/components/ui/table-roles";
import { useT } from "@/lib/client/i18n";

/** Columns of the members table, in order. */
export const COLUMNS = [
  "member",
  "role",
  "state",
  "timeline",
  "lagBytes",
  "lagSeconds",
  "connections",
  "versions",
  "notes",
] as const;
export type Column = (typeof COLUMNS)[number];

const RIGHT: ReadonlySet<Column> = new Set(["timeline", "lagBytes", "lagSeconds", "connections"]);
/** Figures stand at the right, so that their places line up. */
export const isFigure = (column: Column): boolean => RIGHT.has(column);

/** A cell that carries its own label where the table has become a card. */
export function MemberCell(props: { column: Column; children: ReactNode; className?: string }) {
  const t = useT();
  const right = isFigure(props.column);
  return (
    <td
      {...AS.cell}
      className={`flex min-h-7 items-start justify-between gap-4 px-4 py-1 lg:table-cell lg:px-3 lg:py-2 lg:align-top ${right ? "lg:text-right" : ""} ${props.className ?? ""}`}
    >
      <span aria-hidden="true" className="shrink-0 text-xs leading-5 text-ink-3 lg:hidden">
        {t(`members.column.${props.column}`)}
      </span>
      <div className={`min-w-0 text-right ${right ? "" : "lg:text-left"}`}>{props.children}</div>
    </td>
  );
}
