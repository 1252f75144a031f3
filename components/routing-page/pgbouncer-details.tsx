"use client";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { PlainTable } from "@/components/ui/plain-table";
import { problemOf } from "@/lib/client/api";
import { useT } from "@/lib/client/i18n";
import { usePgbouncerDetail } from "@/lib/client/use-routing";
import type { PgbouncerDetail } from "@/lib/contract/routing-detail";
import { formatLatency } from "@/lib/format/duration";
import { formatNumber } from "@/lib/format/number";

type Database = PgbouncerDetail["databases"][number];
type Stats = PgbouncerDetail["stats"][number];

/** Where each database of one PgBouncer goes, and what was served since it started; read while it is open. */
export function PgbouncerDetails(props: { scope: string; member: string }) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const { data, error } = usePgbouncerDetail(props.scope, props.member, open);
  return (
    <details className="px-4 pb-3 text-sm" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="cursor-pointer text-ink-2 hover:text-ink">{t("routingPage.pooler.details")}</summary>
      {error && !data ? <p className="pt-2 text-warn">{t(`problem.${problemOf(error).kind}`)}</p> : null}
      {data ? (
        <div className="-mx-4 pt-3">
          <Databases member={props.member} detail={data} />
        </div>
      ) : null}
    </details>
  );
}

function Databases(props: { member: string; detail: PgbouncerDetail }) {
  const { databases, stats } = props.detail;
  const t = useT();
  const of = ({ name }: Database) => stats.find(({ database }) => database === name);
  const figure = (value: number | null | undefined) =>
    value === null || value === undefined ? "–" : formatNumber(t.locale, value);
  const mean = (total: number | undefined, count: number | null | undefined) =>
    total === undefined || !count ? "–" : formatLatency(t, total / count);
  if (databases.length === 0) return <p className="px-4 text-ink-3">{t("routingPage.pooler.none")}</p>;
  const columns = [
    {
      key: "name",
      title: t("routingPage.pooler.database"),
      cell: (d: Database) => <span className="font-medium">{d.name}</span>,
    },
    {
      key: "target",
      title: t("routingPage.pooler.target"),
      cell: (d: Database) => (d.host === null ? t("routingPage.pooler.socket") : `${d.host}:${d.port ?? ""}`),
    },
    {
      key: "state",
      title: t("routingPage.pooler.state"),
      cell: (d: Database) =>
        d.paused || d.disabled ? (
          <Badge tone="warn">{t(d.paused ? "routingPage.pooler.paused" : "routingPage.pooler.disabled")}</Badge>
        ) : (
          <span className="text-ink-3">{t("routingPage.pooler.serving")}</span>
        ),
    },
    { key: "size", figure: true, title: t("routingPage.pooler.size"), cell: (d: Database) => figure(d.poolSize) },
    {
      key: "connections",
      figure: true,
      title: t("routingPage.pooler.connections"),
      cell: (d: Database) => `${figure(d.connections)} / ${d.connectionsMax === null ? "∞" : figure(d.connectionsMax)}`,
    },
    {
      key: "transactions",
      figure: true,
      title: t("routingPage.pooler.transactions"),
      cell: (d: Database) => figure(of(d)?.transactions),
    },
    {
      key: "queries",
      figure: true,
      title: t("routingPage.pooler.queries"),
      cell: (d: Database) => figure(of(d)?.queries),
    },
    {
      key: "query",
      figure: true,
      title: t("routingPage.pooler.query"),
      cell: (d: Database) => mean(of(d)?.queryMs, of(d)?.queries),
    },
    {
      key: "wait",
      figure: true,
      title: t("routingPage.pooler.wait"),
      cell: (d: Database) => mean(of(d)?.waitMs, waits(of(d))),
    },
  ];
  return (
    <PlainTable
      caption={t("routingPage.pooler.detailsOf", { member: props.member })}
      columns={columns}
      rows={databases}
      keyOf={({ name }) => name}
    />
  );
}

/** What a client waited for: a server assigned to it; before PgBouncer 1.23, which does not count that, a transaction. */
const waits = (stats: Stats | undefined): number | null => stats?.assignments ?? stats?.transactions ?? null;
