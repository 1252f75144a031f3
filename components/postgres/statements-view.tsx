"use client";
import { Nothing } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import { useInspect } from "@/lib/client/inspect";
import type { StatementFacts } from "@/lib/domain/inspect/statements";
import { type Column, DataTable } from "./data-table";
import { DatabasePicker } from "./database-picker";
import { Amount, At, Bytes, FirstOf, Millis, Share } from "./figures";
import { InspectPanel } from "./inspect-panel";
import { QueryText } from "./query-text";
import type { ViewProps } from "./view-props";

const hitShare = ({ blocksHit, blocksRead }: StatementFacts) =>
  blocksHit + blocksRead > 0 ? blocksHit / (blocksHit + blocksRead) : null;

/** The statements that took the most time since the statistics were reset. */
export function StatementsView(props: ViewProps) {
  const t = useT();
  const looked = useInspect(props.scope, props.member, "statements", props.place.database);
  const hidden = looked.answer?.queries === "hidden";
  const time = (id: "totalMs" | "meanMs" | "maxMs"): Column<StatementFacts> => ({
    id,
    label: t(`postgres.statements.${id}`),
    figure: true,
    by: (one) => one[id],
    cell: (one) => <Millis of={one[id]} />,
  });
  const columns: readonly Column<StatementFacts>[] = [
    {
      id: "query",
      label: t("postgres.column.query"),
      className: "w-[40%] max-w-64 min-w-40 sm:min-w-80",
      cell: (one) => <QueryText query={one.query} cut={one.queryCut} hidden={hidden} id={one.queryId} />,
    },
    {
      id: "share",
      label: t("postgres.statements.share"),
      figure: true,
      by: (one) => one.share,
      cell: (one) => <Share of={one.share} />,
    },
    time("totalMs"),
    {
      id: "calls",
      label: t("postgres.statements.calls"),
      figure: true,
      by: (one) => one.calls,
      cell: (one) => <Amount of={one.calls} />,
    },
    time("meanMs"),
    time("maxMs"),
    {
      id: "rows",
      label: t("postgres.statements.rows"),
      figure: true,
      by: (one) => one.rows,
      cell: (one) => <Amount of={one.rows} />,
    },
    {
      id: "hit",
      label: t("postgres.databases.hit"),
      figure: true,
      by: hitShare,
      cell: (one) => <Share of={hitShare(one)} />,
    },
    { id: "wal", label: "WAL", figure: true, by: (one) => one.walBytes, cell: (one) => <Bytes of={one.walBytes} /> },
    {
      id: "who",
      label: t("postgres.column.who"),
      by: (one) => `${one.user ?? ""} ${one.database ?? ""}`,
      className: "max-w-48",
      cell: (one) => (
        <div className="clip-name text-xs" title={`${one.user} ${one.database}`}>
          {[one.user, one.database].filter(Boolean).join(" · ")}
        </div>
      ),
    },
  ];
  return (
    <>
      <DatabasePicker {...props} first={t("postgres.databases.all")} />
      <InspectPanel
        looked={looked}
        title={t("postgres.statements.title")}
        flush
        aside={(value) => (value.installed ? <FirstOf shown={value.statements.length} total={value.total} /> : null)}
      >
        {(value) =>
          value.installed ? (
            <>
              <p className="flex flex-wrap gap-x-4 px-4 pb-3 text-xs text-ink-3">
                <span>
                  {t("postgres.resetAt")}: <At at={value.resetAt} />
                </span>
                {value.dropped ? <span>{t("postgres.statements.dropped", { count: value.dropped })}</span> : null}
              </p>
              <DataTable
                label={t("postgres.statements.title")}
                rows={value.statements}
                columns={columns}
                keyOf={(one) => `${one.queryId} ${one.user} ${one.database} ${one.calls} ${one.totalMs}`}
                order={{ id: "totalMs", down: true }}
              />
            </>
          ) : (
            <div className="px-4 pb-4">
              <Nothing>{t(`postgres.statements.missing.${value.why}`, { database: value.database })}</Nothing>
            </div>
          )
        }
      </InspectPanel>
    </>
  );
}
