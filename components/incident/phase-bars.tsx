"use client";
import { clsx } from "clsx";
import Link from "next/link";
import { Moment } from "@/components/ui/age";
import { AS } from "@/components/ui/table-roles";
import { useT } from "@/lib/client/i18n";
import { pastPath } from "@/lib/client/paths";
import type { Outage, Phase } from "@/lib/domain/incident/incident";
import { formatSpan } from "@/lib/format/duration";
import { messageText } from "@/lib/format/message";

/** A bar is never drawn thinner than this part of the whole: what happened must be seen, however short it was. */
const THINNEST = 0.004;
const percent = (part: number) => `${(part * 100).toFixed(3)}%`;

/** On a narrow screen a row stands as three lines: phase and length, its bar, what ended it and when. */
const ROW = "max-md:grid max-md:grid-cols-[minmax(0,1fr)_max-content] max-md:gap-x-3 max-md:gap-y-1 max-md:py-2";

/** The outage cut into its phases: when each began and ended, how long it took, what ended it. */
export function PhaseBars(props: { scope: string; outage: Outage; phases: readonly Phase[] }) {
  const { outage, phases } = props;
  const t = useT();
  const start = Date.parse(outage.startedAt);
  const whole = Math.max(1, outage.lengthMs);
  const sum = phases.reduce((total, { lengthMs }) => total + lengthMs, 0);
  const longest = Math.max(...phases.map(({ lengthMs }) => lengthMs));
  return (
    <div className="overflow-x-auto">
      <table {...AS.table} className="w-full border-separate border-spacing-y-1 text-sm max-md:block">
        <thead {...AS.rowgroup} className="sr-only">
          <tr {...AS.row}>
            <th {...AS.columnheader}>{t("incident.phase")}</th>
            <th {...AS.columnheader}>{t("incidentPage.bar")}</th>
            <th {...AS.columnheader}>{t("incident.length")}</th>
            <th {...AS.columnheader}>{t("incident.evidence")}</th>
            <th {...AS.columnheader}>{t("incident.ends")}</th>
          </tr>
        </thead>
        <tbody {...AS.rowgroup} className="max-md:block">
          {phases.map((phase) => {
            const left = (Date.parse(phase.from) - start) / whole;
            const width = Math.max(THINNEST, phase.lengthMs / whole);
            return (
              <tr
                {...AS.row}
                key={`${phase.id} ${phase.to}`}
                data-phase={phase.id}
                data-length={phase.lengthMs}
                className={ROW}
              >
                <th
                  {...AS.rowheader}
                  scope="row"
                  className="text-left align-middle font-medium first-letter:uppercase md:w-64 md:pr-4"
                >
                  {t(`incident.until.${phase.id}`)}
                </th>
                <td
                  {...AS.cell}
                  className="align-middle max-md:order-1 max-md:col-span-2 md:w-[38%]"
                  aria-hidden="true"
                >
                  <div className="relative h-6 rounded-xs bg-raised">
                    <div
                      className={clsx(
                        "absolute inset-y-0 rounded-xs",
                        phase.lengthMs === longest ? "bg-crit-solid" : "bg-crit-line",
                      )}
                      style={{ left: percent(Math.min(left, 1 - THINNEST)), width: percent(width) }}
                    />
                  </div>
                </td>
                <td {...AS.cell} className="figures text-right align-middle whitespace-nowrap md:px-3">
                  {formatSpan(t, phase.lengthMs)}
                </td>
                <td {...AS.cell} className="align-middle text-ink-2 wrap-anywhere max-md:order-2 md:pr-3">
                  {messageText(t, phase.evidence)}
                </td>
                <td {...AS.cell} className="text-right align-middle whitespace-nowrap max-md:order-2">
                  <Link
                    href={pastPath(props.scope, phase.to)}
                    prefetch={false}
                    title={t("historyPage.picture")}
                    className="text-accent underline-offset-4 hover:underline"
                  >
                    <Moment at={phase.to} clockOnly />
                  </Link>
                </td>
              </tr>
            );
          })}
        </tbody>
        <tfoot {...AS.rowgroup} className="max-md:block">
          <tr {...AS.row} className={clsx(ROW, "text-ink-2")}>
            <th {...AS.rowheader} scope="row" className="pt-1 text-left font-medium">
              {t("incident.sum")}
            </th>
            <td {...AS.cell} aria-hidden="true" className="max-md:hidden" />
            <td {...AS.cell} className="figures pt-1 md:px-3 text-right font-semibold text-ink" data-sum={sum}>
              {formatSpan(t, sum)}
            </td>
            <td {...AS.cell} colSpan={2} className="max-md:hidden" />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
