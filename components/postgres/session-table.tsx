"use client";
import { Badge } from "@/components/ui/badge";
import { useT } from "@/lib/client/i18n";
import {
  holdsOn,
  IDLE_TRANSACTION_SECONDS,
  LONG_TRANSACTION_SECONDS,
  type Session,
} from "@/lib/domain/inspect/activity";
import { type Column, DataTable } from "./data-table";
import { Dash, Seconds } from "./figures";
import { QueryText } from "./query-text";
import { SessionDeeds, useSessionDesk } from "./session-deeds";

/** Sessions one by one; as they come, those that matter most are at the top. */
export function SessionTable(props: { label: string; member: string; sessions: readonly Session[]; hidden: boolean }) {
  const t = useT();
  const desk = useSessionDesk(props.member);
  const columns: readonly Column<Session>[] = [
    {
      id: "pid",
      label: t("postgres.column.pid"),
      by: ({ pid }) => pid,
      cell: (one) => (
        <span className="inline-flex items-baseline gap-2">
          <span className="figures">{one.pid}</span>
          {one.own ? <Badge title={t("postgres.sessions.ownText")}>{t("postgres.sessions.own")}</Badge> : null}
        </span>
      ),
    },
    {
      id: "who",
      label: t("postgres.column.who"),
      by: ({ user, application }) => `${user ?? ""} ${application ?? ""}`,
      className: "max-w-64 min-w-32",
      cell: (one) => (
        <>
          <div className="clip-name" title={one.user ?? undefined}>
            {one.user ?? <Dash />}
          </div>
          <div className="clip-name text-xs text-ink-3" title={one.application ?? undefined}>
            {[one.application, one.client].filter(Boolean).join(" · ")}
          </div>
          {one.kind === null || one.kind === "client backend" ? null : (
            <div className="text-2xs text-ink-3">{one.kind}</div>
          )}
        </>
      ),
    },
    {
      id: "database",
      label: t("postgres.column.database"),
      by: ({ database }) => database,
      className: "max-w-40",
      cell: ({ database }) => (
        <div className="clip-name" title={database ?? undefined}>
          {database ?? <Dash />}
        </div>
      ),
    },
    {
      id: "state",
      label: t("postgres.column.state"),
      by: ({ state }) => state,
      className: "whitespace-nowrap",
      cell: (one) => (
        <>
          <div className={holdsOn(one) ? "font-medium text-warn" : ""}>{t(`postgres.state.${one.state}`)}</div>
          {one.blockedBy.length > 0 ? (
            <div className="text-xs text-warn">
              {t("postgres.sessions.blockedBy", { pids: one.blockedBy.slice(0, 3).join(", ") })}
            </div>
          ) : null}
        </>
      ),
    },
    {
      id: "wait",
      label: t("postgres.column.wait"),
      by: ({ waitType, waitEvent }) => (waitType === null ? null : `${waitType} ${waitEvent ?? ""}`),
      className: "text-xs",
      cell: ({ waitType, waitEvent }) => (waitType === null ? <Dash /> : `${waitType}: ${waitEvent ?? ""}`),
    },
    {
      id: "transaction",
      label: t("postgres.column.transaction"),
      figure: true,
      by: ({ transactionSeconds }) => transactionSeconds,
      cell: (one) => <Seconds of={one.transactionSeconds} warnFrom={LONG_TRANSACTION_SECONDS} />,
    },
    {
      id: "since",
      label: t("postgres.column.stateFor"),
      figure: true,
      by: ({ stateSeconds }) => stateSeconds,
      cell: (one) => (
        <Seconds
          of={one.stateSeconds}
          {...(one.transactionSeconds !== null && one.state !== "active" ? { warnFrom: IDLE_TRANSACTION_SECONDS } : {})}
        />
      ),
    },
    {
      id: "query",
      label: t("postgres.column.query"),
      className: "min-w-72",
      cell: (one) => <QueryText query={one.query} cut={one.queryCut} hidden={props.hidden} id={one.queryId} />,
    },
    ...(desk === null
      ? []
      : [
          {
            id: "deeds",
            label: t("backendActions.column"),
            className: "whitespace-nowrap",
            cell: (one: Session) => <SessionDeeds desk={desk} session={one} />,
          },
        ]),
  ];
  return (
    <DataTable
      label={props.label}
      rows={props.sessions}
      columns={columns}
      keyOf={({ pid }) => String(pid)}
      rowProps={({ pid, own }) => ({ "data-pid": pid, "data-own": own })}
    />
  );
}
