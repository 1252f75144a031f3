"use client";
import { clsx } from "clsx";
import { ChevronRight } from "lucide-react";
import { memo, useId, useState } from "react";
import { Moment } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import type { AuditRow } from "@/lib/domain/audit";
import { outcomeOf, type RowOutcome, wordOf } from "./outcome";
import { RowContent } from "./row-content";

const COLUMNS = 7;
const CELL = "block min-w-0 px-0 py-0.5 align-top lg:table-cell lg:px-3 lg:py-2 lg:last:pr-4";
const COLOUR: Readonly<Record<RowOutcome["level"], string>> = {
  plain: "text-ink-2",
  good: "text-ink",
  stopped: "text-warn",
  bad: "text-crit",
  unclear: "text-blind",
};

/** One row; opens to all that it holds. `shown`: the row that a link led to, open from the start. */
export const AuditTableRow = memo(function AuditTableRow(props: { row: AuditRow; shown: boolean }) {
  const { row } = props;
  const t = useT();
  const [open, setOpen] = useState(props.shown);
  const id = useId();
  const outcome = outcomeOf(row, t);
  return (
    <>
      <tr
        data-seq={row.seq}
        data-kind={row.kind}
        className={clsx(
          "grid grid-cols-[1fr_max-content] gap-x-4 border-t border-line px-4 py-2 lg:table-row lg:p-0",
          props.shown && "bg-accent-soft",
        )}
      >
        <th scope="row" className={clsx(CELL, "text-left font-normal lg:pl-4")}>
          <button
            type="button"
            aria-expanded={open}
            aria-controls={id}
            onClick={() => setOpen(!open)}
            className="flex items-center gap-1 rounded-sm text-left whitespace-nowrap hover:text-accent"
          >
            <ChevronRight size={14} aria-hidden="true" className={clsx("shrink-0 text-ink-3", open && "rotate-90")} />
            <Moment at={row.at} className="figures" />
          </button>
          <span className="ml-[18px] block text-xs text-ink-3 tabular-nums">
            {t("auditPage.rowNumber", { seq: row.seq })}
          </span>
        </th>
        <td className={clsx(CELL, "text-right lg:text-left")}>
          <span className="clip-name block font-medium" title={row.actor}>
            {row.actor === "" ? <span className="text-ink-3">{t("auditPage.nobody")}</span> : row.actor}
          </span>
          {row.role === null ? null : (
            <span className="block text-xs text-ink-3">{wordOf(t, `user.role.${row.role}`, row.role)}</span>
          )}
        </td>
        <td className={clsx(CELL, "figures hidden text-xs leading-5 text-ink-2 lg:table-cell")}>{row.from}</td>
        <td className={clsx(CELL, "max-lg:col-span-2")}>
          <span className="block">{wordOf(t, `audit.kind.${row.kind}`, row.kind)}</span>
          {row.action === null ? null : (
            <span className="block text-xs text-ink-2">{wordOf(t, `action.name.${row.action}`, row.action)}</span>
          )}
        </td>
        <td className={clsx(CELL, "max-lg:col-span-2 max-lg:empty:hidden")}>
          {row.scope === null ? null : (
            <span className="clip-name block" title={row.scope}>
              {row.scope}
            </span>
          )}
        </td>
        <td className={clsx(CELL, "max-lg:col-span-2 max-lg:empty:hidden")}>
          {row.reason === null ? null : <span className="line-clamp-2 wrap-anywhere">{row.reason}</span>}
        </td>
        <td className={clsx(CELL, "max-lg:col-span-2 max-lg:empty:hidden")}>
          {outcome === null ? null : (
            <>
              <span className={clsx("line-clamp-2 font-medium wrap-anywhere", COLOUR[outcome.level])}>
                {outcome.text}
              </span>
              {outcome.detail === null ? null : (
                <span className="line-clamp-2 text-xs text-ink-2 wrap-anywhere">{outcome.detail}</span>
              )}
            </>
          )}
        </td>
      </tr>
      <tr id={id} hidden={!open} className={open ? "block lg:table-row" : undefined}>
        {open ? (
          <td colSpan={COLUMNS} className="block p-0 lg:table-cell">
            <RowContent row={row} />
          </td>
        ) : null}
      </tr>
    </>
  );
});
