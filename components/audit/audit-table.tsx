"use client";
import { clsx } from "clsx";
import { RefreshCw } from "lucide-react";
import { useT } from "@/lib/client/i18n";
import type { AuditRow } from "@/lib/domain/audit";
import { AuditTableRow } from "./audit-row";

/** Titles, and how wide each is where it is a table: reason and outcome share what is left. */
const COLUMNS = [
  ["time", "w-60"],
  ["who", "w-40"],
  ["from", "w-32"],
  ["what", "w-48 2xl:w-64"],
  ["cluster", "w-36"],
  ["reason", ""],
  ["outcome", ""],
] as const;

/** The rows, newest first. On a narrow screen each is a card of its own. */
export function AuditTable(props: {
  rows: readonly AuditRow[];
  /** Number of the row that a link led to. */
  shown: number | null;
  hasOlder: boolean;
  reading: boolean;
  onReload: () => void;
}) {
  const t = useT();
  const { rows } = props;
  return (
    <section aria-label={t("auditPage.title")} className="flex min-w-0 flex-col gap-2">
      <div className="flex items-center justify-end gap-3 text-xs text-ink-3">
        <p>{t("auditPage.shown", { count: rows.length, more: props.hasOlder ? "yes" : "no" })}</p>
        <button
          type="button"
          onClick={props.onReload}
          disabled={props.reading}
          className="flex items-center gap-1 rounded-md px-1.5 py-1 text-accent hover:bg-raised disabled:text-ink-3"
        >
          <RefreshCw size={13} aria-hidden="true" />
          {t("auditPage.newest")}
        </button>
      </div>
      <div className="min-w-0 overflow-x-auto rounded-lg border border-line bg-surface">
        <table className="block w-full border-collapse text-sm lg:table lg:table-fixed">
          <caption className="sr-only">{t("auditPage.title")}</caption>
          <thead className="hidden lg:table-header-group">
            <tr>
              {COLUMNS.map(([title, width]) => (
                <th
                  key={title}
                  scope="col"
                  className={clsx(
                    "px-3 pt-2.5 pb-1.5 text-left text-xs font-medium whitespace-nowrap text-ink-3 first:pl-9 last:pr-4",
                    width,
                  )}
                >
                  {t(`auditPage.column.${title}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="block lg:table-row-group">
            {rows.map((row) => (
              <AuditTableRow key={`${row.seq}/${row.seq === props.shown}`} row={row} shown={row.seq === props.shown} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
