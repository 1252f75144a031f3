"use client";
import { Nothing } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import { useInspect } from "@/lib/client/inspect";
import { deadShare, type TableFacts } from "@/lib/domain/inspect/tables";
import { type Column, DataTable } from "./data-table";
import { DatabasePicker } from "./database-picker";
import { Amount, At, Bytes, Dash, FirstOf, Share } from "./figures";
import { InspectPanel } from "./inspect-panel";
import type { ViewProps } from "./view-props";

const latest = (a: string | null, b: string | null) => (a === null || b === null ? (a ?? b) : a > b ? a : b);
const vacuumed = (one: TableFacts) => latest(one.lastVacuum, one.lastAutovacuum);
const analyzed = (one: TableFacts) => latest(one.lastAnalyze, one.lastAutoanalyze);
/** A table with fewer dead rows than that is not worth marking, whatever their share. */
const DEAD_ROWS_MIN = 1_000;
const DEAD_SHARE_MARKED = 0.2;

/** The tables of one database that deserve a look, largest first. */
export function TablesView(props: ViewProps) {
  const t = useT();
  const looked = useInspect(props.scope, props.member, "tables", props.place.database);
  const title = t("postgres.tables.title", {
    database: looked.answer?.good?.value.database ?? props.place.database ?? "",
  });
  const figure = (
    id: "liveRows" | "deadRows" | "modifiedSinceAnalyze" | "sequentialScans" | "indexScans",
  ): Column<TableFacts> => ({
    id,
    label: t(`postgres.tables.${id}`),
    figure: true,
    by: (one) => one[id],
    cell: (one) => (one[id] === null ? <Dash /> : <Amount of={one[id]} />),
  });
  const moment = (id: "vacuumed" | "analyzed", of: (one: TableFacts) => string | null): Column<TableFacts> => ({
    id,
    label: t(`postgres.tables.${id}`),
    by: of,
    className: "text-xs whitespace-nowrap",
    cell: (one) => <At at={of(one)} />,
  });
  const columns: readonly Column<TableFacts>[] = [
    {
      id: "name",
      label: t("postgres.tables.table"),
      by: ({ schema, name }) => `${schema}.${name}`,
      className: "max-w-56 sm:max-w-80",
      cell: ({ schema, name }) => (
        <div className="clip-name" title={`${schema}.${name}`}>
          <span className="text-ink-3">{schema}.</span>
          <span className="font-semibold">{name}</span>
        </div>
      ),
    },
    {
      id: "size",
      label: t("postgres.column.size"),
      figure: true,
      by: (one) => one.totalBytes,
      cell: (one) =>
        one.totalBytes === null ? (
          <span className="text-blind">{t("postgres.tables.locked")}</span>
        ) : (
          <Bytes of={one.totalBytes} />
        ),
    },
    figure("liveRows"),
    figure("deadRows"),
    {
      id: "deadShare",
      label: t("postgres.tables.deadShare"),
      figure: true,
      by: deadShare,
      cell: (one) => {
        const share = deadShare(one);
        const marked = one.deadRows >= DEAD_ROWS_MIN && (share ?? 0) >= DEAD_SHARE_MARKED;
        return (
          <span className={marked ? "font-medium text-warn" : ""}>
            <Share of={share} />
          </span>
        );
      },
    },
    figure("modifiedSinceAnalyze"),
    moment("vacuumed", vacuumed),
    moment("analyzed", analyzed),
    {
      id: "xidAge",
      label: t("postgres.databases.xidAge"),
      figure: true,
      by: (one) => one.xidAge,
      cell: (one) => (one.xidAge === null ? <Dash /> : <Amount of={one.xidAge} />),
    },
    figure("sequentialScans"),
    figure("indexScans"),
  ];
  return (
    <>
      <DatabasePicker {...props} first={t("postgres.databases.usual")} />
      <InspectPanel
        looked={looked}
        title={title}
        flush
        aside={({ tables, total }) => <FirstOf shown={tables.length} total={total} />}
      >
        {({ tables }) =>
          tables.length === 0 ? (
            <div className="px-4 pb-4">
              <Nothing>{t("postgres.tables.none")}</Nothing>
            </div>
          ) : (
            <DataTable
              label={title}
              rows={tables}
              columns={columns}
              keyOf={({ schema, name }) => `${schema}\n${name}`}
              order={{ id: "size", down: true }}
              rowProps={({ schema, name }) => ({ "data-table": `${schema}.${name}` })}
            />
          )
        }
      </InspectPanel>
    </>
  );
}
