"use client";
import { memo } from "react";
import { FailureText } from "@/components/sources/failure-text";
import { TrustWord, useTrust } from "@/components/status/trust";
import { Age } from "@/components/ui/age";
import { Badge } from "@/components/ui/badge";
import { Nothing, Panel } from "@/components/ui/panel";
import { PlainTable } from "@/components/ui/plain-table";
import { useT } from "@/lib/client/i18n";
import type { PgbouncerPool } from "@/lib/domain/facts";
import type { PgbouncerView } from "@/lib/domain/snapshot";
import { formatLatency } from "@/lib/format/duration";
import { formatNumber } from "@/lib/format/number";
import { PgbouncerDetails } from "./pgbouncer-details";
import { PoolerDeeds } from "./pooler-deeds";

/** Every PgBouncer with each of its pools: who is served, who waits and for how long. */
export const PgbouncerTable = memo(function PgbouncerTable(props: {
  scope: string;
  poolers: readonly PgbouncerView[];
}) {
  const t = useT();
  return (
    <Panel title={t("pgbouncer.title")} flush>
      {props.poolers.length === 0 ? (
        <div className="px-4 pb-4">
          <Nothing>{t("pgbouncer.none")}</Nothing>
        </div>
      ) : (
        props.poolers.map((pooler) => <Pooler key={pooler.member} scope={props.scope} pooler={pooler} />)
      )}
    </Panel>
  );
});

const Pooler = memo(function Pooler(props: { scope: string; pooler: PgbouncerView }) {
  const { pooler } = props;
  const t = useT();
  const trust = useTrust(pooler.trust);
  const { kind, name } = pooler.target;
  const figure = (value: number) => formatNumber(t.locale, value);
  const columns = [
    {
      key: "pool",
      title: t("routingPage.pooler.pool"),
      cell: (p: PgbouncerPool) => (
        <span className="wrap-anywhere">
          <span className="font-medium">{p.database}</span> <span className="text-ink-3">{p.user}</span>
        </span>
      ),
    },
    { key: "mode", title: t("routingPage.pooler.mode"), cell: (p: PgbouncerPool) => p.mode ?? t("format.unknown") },
    {
      key: "active",
      figure: true,
      title: t("routingPage.pooler.clients"),
      cell: (p: PgbouncerPool) => figure(p.clientsActive),
    },
    {
      key: "waiting",
      figure: true,
      title: t("routingPage.pooler.waiting"),
      cell: (p: PgbouncerPool) => (
        <span className={p.clientsWaiting > 0 ? "font-medium text-warn" : ""}>{figure(p.clientsWaiting)}</span>
      ),
    },
    {
      key: "wait",
      figure: true,
      title: t("routingPage.pooler.maxWait"),
      cell: (p: PgbouncerPool) => (p.maxWaitMs === 0 ? "0" : formatLatency(t, p.maxWaitMs)),
    },
    {
      key: "servers",
      figure: true,
      title: t("routingPage.pooler.servers"),
      cell: (p: PgbouncerPool) => `${figure(p.serversActive)} / ${figure(p.serversIdle)}`,
    },
  ];
  return (
    <div className={trust === "fresh" ? "border-t border-line" : "hatched border-t border-line"}>
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 px-4 py-2 text-sm">
        <h3 className="clip-name font-semibold" title={pooler.member}>
          {pooler.member}
        </h3>
        <span className="text-xs text-ink-3">{pooler.version}</span>
        <span className={kind === "local" ? "text-xs text-ink-3" : "text-xs text-warn"}>
          {t(`pgbouncer.target.${kind}`, { name: name ?? "" })}
        </span>
        {pooler.paused === true ? <Badge tone="warn">{t("pgbouncer.paused")}</Badge> : null}
        <span className="ml-auto flex items-baseline gap-2 text-xs text-ink-3">
          <TrustWord trust={trust} />
          <Age at={pooler.at} />
        </span>
        <PoolerDeeds pooler={pooler} />
      </div>
      {pooler.failure ? (
        <div className="px-4 pb-3">
          <FailureText failure={pooler.failure} />
        </div>
      ) : null}
      {pooler.pools.length > 0 ? (
        <PlainTable
          caption={t("routingPage.pooler.caption", { member: pooler.member })}
          columns={columns}
          rows={pooler.pools}
          keyOf={(p) => `${p.database} ${p.user}`}
        />
      ) : pooler.failure ? null : (
        <p className="px-4 pb-3 text-sm text-ink-3">{t("routingPage.pooler.noPools")}</p>
      )}
      <PgbouncerDetails scope={props.scope} member={pooler.member} />
    </div>
  );
});
