"use client";
import { useZone } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import { formatDateTime } from "@/lib/format/time";
import { formatFigure } from "@/lib/format/units";
import type { DataTable } from "./data-table";

/** The figures of a chart for reading: the same rows and columns as its file, the newest first. */
export function FiguresTable(props: { caption: string; table: DataTable }) {
  const { columns, rows } = props.table;
  const t = useT();
  const zone = useZone();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section tabIndex={0} aria-label={props.caption} className="max-h-96 overflow-auto rounded-md border border-line">
      <table className="w-full border-collapse text-xs">
        <caption className="sr-only">{props.caption}</caption>
        <thead className="sticky top-0 bg-raised">
          <tr>
            <th scope="col" className="px-2 py-1.5 text-left font-medium whitespace-nowrap text-ink-2">
              {t("charts.table.time")}
            </th>
            {columns.map(({ label, figure }) => (
              <th key={`${label} ${figure}`} scope="col" className="px-2 py-1.5 text-right font-medium text-ink-2">
                <span className="clip-name inline-block max-w-40 align-bottom" title={label}>
                  {label}
                </span>{" "}
                <span className="whitespace-nowrap text-ink-3">{t(`charts.figure.${figure}`)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.toReversed().map(({ at, values }) => (
            <tr key={at} className="border-t border-line">
              <th scope="row" className="px-2 py-0.5 text-left font-normal whitespace-nowrap text-ink-2">
                {formatDateTime(t.locale, new Date(at).toISOString(), zone)}
              </th>
              {columns.map(({ label, figure, unit }, index) => {
                const value = values[index] ?? null;
                return (
                  <td
                    key={`${label} ${figure}`}
                    data-value={value ?? undefined}
                    className={value === null ? "px-2 text-right text-blind" : "px-2 text-right whitespace-nowrap"}
                  >
                    {value === null ? t("charts.notObserved") : formatFigure(t, unit, value)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
