"use client";
import { Badge } from "@/components/ui/badge";
import { Nothing } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import { useInspect } from "@/lib/client/inspect";
import type { RunningVacuum } from "@/lib/domain/inspect/server";
import { formatNumber } from "@/lib/format/number";
import { DataTable } from "./data-table";
import { Amount, Seconds, Share } from "./figures";
import { InspectPanel } from "./inspect-panel";
import type { ViewProps } from "./view-props";

const scanned = (one: RunningVacuum) => (one.blocksTotal > 0 ? one.blocksScanned / one.blocksTotal : null);

/** Vacuums that run now, and what keeps every vacuum from removing old rows. */
export function VacuumView({ scope, member }: ViewProps) {
  const t = useT();
  const looked = useInspect(scope, member, "vacuum");
  return (
    <>
      <InspectPanel
        looked={looked}
        title={t("postgres.vacuum.title")}
        flush
        aside={({ autovacuum, maxWorkers }) =>
          autovacuum ? (
            t("postgres.vacuum.workers", { count: maxWorkers })
          ) : (
            <span className="text-warn">{t("postgres.vacuum.off")}</span>
          )
        }
      >
        {({ running, inRecovery }) =>
          running.length === 0 ? (
            <div className="px-4 pb-4">
              <Nothing>{t(inRecovery ? "postgres.vacuum.standby" : "postgres.vacuum.none")}</Nothing>
            </div>
          ) : (
            <DataTable
              label={t("postgres.vacuum.title")}
              rows={running}
              keyOf={({ pid }) => String(pid)}
              columns={[
                {
                  id: "relation",
                  label: t("postgres.tables.table"),
                  by: (one) => one.relation,
                  className: "max-w-80",
                  cell: (one) => (
                    <>
                      <div className="clip-name font-semibold" title={one.relation}>
                        {one.relation}
                      </div>
                      <div className="text-xs text-ink-3">{one.database}</div>
                    </>
                  ),
                },
                {
                  id: "kind",
                  label: t("postgres.vacuum.kind"),
                  cell: (one) => (
                    <span className="flex flex-wrap gap-1">
                      <Badge>{t(one.auto ? "postgres.vacuum.auto" : "postgres.vacuum.manual")}</Badge>
                      {one.againstWraparound ? <Badge tone="warn">{t("postgres.vacuum.wraparound")}</Badge> : null}
                    </span>
                  ),
                },
                { id: "phase", label: t("postgres.vacuum.phase"), by: (one) => one.phase, cell: (one) => one.phase },
                {
                  id: "scanned",
                  label: t("postgres.vacuum.scanned"),
                  figure: true,
                  by: scanned,
                  cell: (one) => <Share of={scanned(one)} />,
                },
                {
                  id: "indexes",
                  label: t("postgres.vacuum.indexes"),
                  figure: true,
                  cell: (one) =>
                    one.indexesTotal === null
                      ? t("postgres.vacuum.rounds", { count: one.indexRounds })
                      : `${formatNumber(t.locale, one.indexesProcessed ?? 0)} / ${formatNumber(t.locale, one.indexesTotal)}`,
                },
                {
                  id: "for",
                  label: t("postgres.column.age"),
                  figure: true,
                  by: (one) => one.seconds,
                  cell: (one) => <Seconds of={one.seconds} />,
                },
                {
                  id: "pid",
                  label: t("postgres.column.pid"),
                  figure: true,
                  by: (one) => one.pid,
                  cell: (one) => <span className="figures">{one.pid}</span>,
                },
              ]}
            />
          )
        }
      </InspectPanel>
      <InspectPanel looked={looked} title={t("postgres.holders.title")} flush>
        {({ holders }) =>
          holders.length === 0 ? (
            <div className="px-4 pb-4">
              <Nothing>{t("postgres.holders.none")}</Nothing>
            </div>
          ) : (
            <DataTable
              label={t("postgres.holders.title")}
              rows={holders}
              keyOf={({ kind, name, pid }) => `${kind}\n${name}\n${pid}`}
              columns={[
                {
                  id: "name",
                  label: t("postgres.holders.who"),
                  by: (one) => one.name,
                  className: "max-w-80",
                  cell: (one) => (
                    <div className="clip-name" title={one.name}>
                      {one.name}
                    </div>
                  ),
                },
                {
                  id: "kind",
                  label: t("postgres.vacuum.kind"),
                  by: (one) => one.kind,
                  cell: (one) => t(`postgres.holders.kind.${one.kind}`),
                },
                {
                  id: "age",
                  label: t("postgres.holders.age"),
                  figure: true,
                  by: (one) => one.xidAge,
                  cell: (one) => <Amount of={one.xidAge} />,
                },
                {
                  id: "pid",
                  label: t("postgres.column.pid"),
                  figure: true,
                  by: (one) => one.pid,
                  cell: (one) => (one.pid === null ? "" : <span className="figures">{one.pid}</span>),
                },
              ]}
            />
          )
        }
      </InspectPanel>
    </>
  );
}
