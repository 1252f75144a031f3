"use client";
import { clsx } from "clsx";
import { memo } from "react";
import { TrustWord, useTrust } from "@/components/status/trust";
import { Age } from "@/components/ui/age";
import { Badge } from "@/components/ui/badge";
import { Nothing, Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import type { PgbouncerView } from "@/lib/domain/snapshot";
import { formatLatency } from "@/lib/format/duration";
import { formatNumber } from "@/lib/format/number";
import { FailureText } from "../sources/failure-text";

/** What each PgBouncer holds, who waits in it, and where it sends sessions. */
export const PgbouncerPanel = memo(function PgbouncerPanel(props: { poolers: readonly PgbouncerView[] }) {
  const t = useT();
  return (
    <Panel title={t("pgbouncer.title")} flush>
      {props.poolers.length === 0 ? (
        <div className="px-4 pb-4">
          <Nothing>{t("pgbouncer.none")}</Nothing>
        </div>
      ) : (
        <ul>
          {props.poolers.map((pooler) => (
            <Pooler key={pooler.member} pooler={pooler} />
          ))}
        </ul>
      )}
    </Panel>
  );
});

const Pooler = memo(function Pooler(props: { pooler: PgbouncerView }) {
  const { pooler } = props;
  const t = useT();
  const trust = useTrust(pooler.trust);
  return (
    <li
      className={clsx("border-t border-line px-4 py-3", trust !== "fresh" && "hatched")}
      data-pgbouncer={pooler.member}
      data-trust={trust}
    >
      <div className="flex items-baseline justify-between gap-3">
        <h3 className="clip-name text-sm font-semibold" title={pooler.member}>
          {pooler.member}
        </h3>
        <span className="flex items-baseline gap-2 text-xs text-ink-3">
          <TrustWord trust={trust} />
          <Age at={pooler.at} />
        </span>
      </div>
      {pooler.failure ? <FailureText failure={pooler.failure} /> : null}
      <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
        <Figure label={t("pgbouncer.active")} value={pooler.clientsActive} />
        <Figure label={t("pgbouncer.waiting")} value={pooler.clientsWaiting} warn />
        {pooler.maxWaitMs !== null && pooler.maxWaitMs > 0 ? (
          <span className="text-ink-3">
            {t("pgbouncer.maxWait")} <span className="text-warn">{formatLatency(t, pooler.maxWaitMs)}</span>
          </span>
        ) : null}
        {pooler.paused === true ? <Badge tone="warn">{t("pgbouncer.paused")}</Badge> : null}
        <Target pooler={pooler} />
      </div>
    </li>
  );
});

function Figure(props: { label: string; value: number | null; warn?: boolean }) {
  const t = useT();
  const { value } = props;
  return (
    <span className="text-ink-3">
      {props.label}{" "}
      <span className={value === null ? "text-blind" : props.warn && value > 0 ? "font-medium text-warn" : "text-ink"}>
        {value === null ? t("format.unknown") : formatNumber(t.locale, value)}
      </span>
    </span>
  );
}

function Target(props: { pooler: PgbouncerView }) {
  const { kind, name } = props.pooler.target;
  const t = useT();
  const quiet = kind === "local";
  return (
    <span className={clsx("ml-auto text-xs", quiet ? "text-ink-3" : kind === "unknown" ? "text-blind" : "text-warn")}>
      {t(`pgbouncer.target.${kind}`, { name: name ?? "" })}
    </span>
  );
}
