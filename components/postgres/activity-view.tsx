"use client";
import { Nothing } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import { useInspect } from "@/lib/client/inspect";
import { isIdleInTransaction } from "@/lib/domain/inspect/activity";
import { ActivitySummary } from "./activity-summary";
import { BlockingPanel } from "./blocking-panel";
import { DataTable } from "./data-table";
import { Amount, FirstOf, Seconds } from "./figures";
import { InspectPanel } from "./inspect-panel";
import { SessionTable } from "./session-table";
import type { ViewProps } from "./view-props";

const LONGEST_MAX = 20;

/** Who is connected, who waits for whom, and which transactions are open for long. */
export function ActivityView({ scope, member }: ViewProps) {
  const t = useT();
  const looked = useInspect(scope, member, "activity");
  const hidden = looked.answer?.queries === "hidden";
  return (
    <>
      <ActivitySummary looked={looked} />
      <InspectPanel looked={looked} title={t("postgres.blocking.title")}>
        {(facts) => (
          <BlockingPanel member={member} sessions={facts.sessions} prepared={facts.prepared} hidden={hidden} />
        )}
      </InspectPanel>
      <InspectPanel looked={looked} title={t("postgres.transactions.title")} flush>
        {({ sessions }) => {
          const open = sessions
            .filter((one) => one.transactionSeconds !== null && !one.own && one.kind !== "walsender")
            .filter((one) => (one.transactionSeconds ?? 0) >= 1 || isIdleInTransaction(one))
            .sort((a, b) => (b.transactionSeconds ?? 0) - (a.transactionSeconds ?? 0))
            .slice(0, LONGEST_MAX);
          if (open.length > 0)
            return (
              <SessionTable label={t("postgres.transactions.title")} member={member} sessions={open} hidden={hidden} />
            );
          return (
            <div className="px-4 pb-4">
              <Nothing>{t("postgres.transactions.none")}</Nothing>
            </div>
          );
        }}
      </InspectPanel>
      {looked.answer?.good && looked.answer.good.value.prepared.length > 0 ? (
        <InspectPanel looked={looked} title={t("postgres.prepared.title")} flush>
          {({ prepared }) => (
            <DataTable
              label={t("postgres.prepared.title")}
              rows={prepared}
              keyOf={(one) => one.gid}
              columns={[
                {
                  id: "gid",
                  label: t("postgres.prepared.gid"),
                  cell: (one) => <span className="figures wrap-anywhere">{one.gid}</span>,
                },
                { id: "owner", label: t("postgres.column.user"), cell: (one) => one.owner },
                { id: "database", label: t("postgres.column.database"), cell: (one) => one.database },
                {
                  id: "age",
                  label: t("postgres.column.age"),
                  figure: true,
                  by: (one) => one.ageSeconds,
                  cell: (one) => <Seconds of={one.ageSeconds} warnFrom={60} />,
                },
                {
                  id: "locks",
                  label: t("postgres.column.locks"),
                  figure: true,
                  by: (one) => one.locks,
                  cell: (one) => <Amount of={one.locks} />,
                },
              ]}
            />
          )}
        </InspectPanel>
      ) : null}
      <InspectPanel
        looked={looked}
        title={t("postgres.sessions.title")}
        flush
        aside={({ sessions, sessionsTotal }) => <FirstOf shown={sessions.length} total={sessionsTotal} />}
      >
        {({ sessions }) => (
          <SessionTable label={t("postgres.sessions.title")} member={member} sessions={sessions} hidden={hidden} />
        )}
      </InspectPanel>
    </>
  );
}
