"use client";
import { useState } from "react";
import { Nothing, Panel } from "@/components/ui/panel";
import { AS } from "@/components/ui/table-roles";
import { useT } from "@/lib/client/i18n";
import type { BackupSourceView, BackupRow as Row } from "@/lib/domain/backups/view";
import { BackupRow } from "./backup-row";
import { COLUMNS, isFigureColumn } from "./columns";
import { sourceTitle } from "./source-title";

/** Rows shown before the reader asks for all. */
const FIRST_ROWS = 30;

/** Every backup of one source, newest first. On a phone each becomes a card. */
export function BackupTable(props: { source: BackupSourceView; rows: readonly Row[] | null }) {
  const { source, rows } = props;
  const t = useT();
  const [all, setAll] = useState(false);
  const shown = rows === null || all ? (rows ?? []) : rows.slice(0, FIRST_ROWS);
  const labels = new Set(shown.map((row) => row.label));
  return (
    <Panel
      title={t("backups.list.title", { source: sourceTitle(t, source) })}
      aside={rows === null ? null : t("backups.list.count", { count: rows.length })}
      flush
    >
      {shown.length === 0 ? (
        <div className="px-4 pb-4">
          <Nothing>{t(rows === null ? "backups.list.waiting" : "backups.list.empty")}</Nothing>
        </div>
      ) : (
        <div className="overflow-x-auto">
          <table {...AS.table} className="block w-full border-collapse text-sm lg:table" data-backups={source.id}>
            <thead {...AS.rowgroup} className="sr-only lg:not-sr-only lg:table-header-group">
              <tr {...AS.row}>
                {COLUMNS.map((column) => (
                  <th
                    key={column}
                    {...AS.columnheader}
                    scope="col"
                    className={`px-3 pb-1.5 text-xs font-medium whitespace-nowrap text-ink-3 first:pl-4 last:pr-4 ${isFigureColumn(column) ? "text-right" : "text-left"}`}
                  >
                    {t(`backups.column.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody {...AS.rowgroup} className="block lg:table-row-group">
              {shown.map((row) => (
                <BackupRow key={`${row.repo}/${row.label}`} sourceId={source.id} row={row} labels={labels} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows !== null && rows.length > shown.length ? (
        <div className="border-t border-line px-4 py-2.5">
          <button
            type="button"
            onClick={() => setAll(true)}
            className="rounded-md border border-line-strong px-3 py-1.5 text-sm hover:bg-raised"
          >
            {t("backups.list.all", { count: rows.length })}
          </button>
        </div>
      ) : null}
    </Panel>
  );
}
