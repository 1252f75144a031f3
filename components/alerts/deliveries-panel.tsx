"use client";
import { clsx } from "clsx";
import { type Level, TEXT_OF_LEVEL } from "@/components/status/level";
import { ReadingFailed } from "@/components/status/reading-failed";
import { StatusMark } from "@/components/status/status-mark";
import { Moment } from "@/components/ui/age";
import { Nothing, Panel } from "@/components/ui/panel";
import { type PlainColumn, PlainTable } from "@/components/ui/plain-table";
import { useDeliveries } from "@/lib/client/alerts";
import { useT } from "@/lib/client/i18n";
import type { Delivery, DeliveryState } from "@/lib/domain/alerts/types";
import { formatNumber } from "@/lib/format/number";

const LEVEL: Readonly<Record<DeliveryState, Level>> = {
  delivered: "ok",
  waiting: "info",
  failed: "warn",
  dropped: "warn",
};

/** What was sent to whom, the newest first, with what the receiver answered where it would not have it. */
export function DeliveriesPanel() {
  const t = useT();
  const { value, problem, again } = useDeliveries();
  const rows = value?.deliveries ?? [];
  const columns: readonly PlainColumn<Delivery>[] = [
    { key: "at", title: t("alertsPage.delivery.at"), cell: ({ createdAt }) => <Moment at={createdAt} /> },
    { key: "notifier", title: t("alertsPage.delivery.notifier"), cell: ({ notifier }) => notifier },
    {
      key: "about",
      title: t("alertsPage.delivery.about"),
      cell: ({ about, alertIds }) => (
        <>
          {t(`alertsPage.about.${about}`)}
          {alertIds.length > 1 ? <> · {t("alertsPage.alertCount", { count: alertIds.length })}</> : null}
        </>
      ),
    },
    { key: "state", title: t("alertsPage.delivery.state"), cell: (one) => <DeliveryWord delivery={one} /> },
    {
      key: "attempts",
      title: t("alertsPage.delivery.attempts"),
      figure: true,
      cell: ({ attempts }) => formatNumber(t.locale, attempts),
    },
    { key: "error", title: t("alertsPage.delivery.error"), cell: (one) => <Failure delivery={one} /> },
  ];
  return (
    <Panel title={t("alertsPage.deliveries")} flush>
      {problem === null ? null : (
        <div className="px-4 pb-3">
          <ReadingFailed words="alertsPage" problem={problem} old={rows.length > 0} onRetry={again} />
        </div>
      )}
      {rows.length > 0 ? (
        <PlainTable caption={t("alertsPage.deliveries")} columns={columns} rows={rows} keyOf={({ id }) => id} />
      ) : problem === null ? (
        <div className="px-4 pb-4">
          <Nothing>{value === null ? t("alertsPage.loading") : t("alertsPage.noDeliveries")}</Nothing>
        </div>
      ) : null}
    </Panel>
  );
}

/** How a delivery stands, by mark and word. */
export function DeliveryWord(props: { delivery: Delivery }) {
  const { state, attempts } = props.delivery;
  const t = useT();
  const level = state === "waiting" && attempts > 0 ? "warn" : LEVEL[state];
  return (
    <span className="flex items-center gap-1.5 whitespace-nowrap" data-delivery={state}>
      <StatusMark level={level} size={14} />
      <span className={clsx(level === "warn" && "font-medium", TEXT_OF_LEVEL[level])}>
        {t(`alertsPage.deliveryState.${state}`)}
      </span>
    </span>
  );
}

function Failure(props: { delivery: Delivery }) {
  const { state, error, nextTryAt } = props.delivery;
  const t = useT();
  return (
    <span className="block min-w-48">
      {error === null || state === "delivered" ? null : <span className="wrap-anywhere">{error}</span>}
      {state === "waiting" && nextTryAt !== null && error !== null ? (
        <span className="block text-xs text-ink-3">
          {t("alertsPage.nextTry")} <Moment at={nextTryAt} clockOnly />
        </span>
      ) : null}
    </span>
  );
}
