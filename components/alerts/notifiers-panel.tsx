"use client";
import { Refusal } from "@/components/actions/refusal";
import { ReadingFailed } from "@/components/status/reading-failed";
import { StatusMark } from "@/components/status/status-mark";
import { Age } from "@/components/ui/age";
import { Badge } from "@/components/ui/badge";
import { HinderedButton } from "@/components/ui/hindered-button";
import { Nothing, Panel } from "@/components/ui/panel";
import { useNotifiers, useTestNotifier } from "@/lib/client/alerts";
import { useT } from "@/lib/client/i18n";
import { useClusterNames } from "@/lib/client/live-provider";
import type { NotifiersAnswer, NotifierView } from "@/lib/contract/alerts";
import { formatInterval } from "@/lib/format/duration";
import { DeliveryWord } from "./deliveries-panel";
import { useRoleHindrance } from "./use-role-hindrance";

/** Who is told, in what way, and whether the last message arrived. */
export function NotifiersPanel() {
  const t = useT();
  const { value, problem, again } = useNotifiers();
  return (
    <Panel title={t("alertsPage.notifiers")} flush>
      {problem === null ? null : (
        <div className="px-4 pb-3">
          <ReadingFailed words="alertsPage" problem={problem} old={value !== null} onRetry={again} />
        </div>
      )}
      {value === null ? (
        problem === null ? (
          <div className="px-4 pb-4">
            <Nothing>{t("alertsPage.loading")}</Nothing>
          </div>
        ) : null
      ) : (
        <>
          {value.notifiers.length === 0 ? (
            <p className="px-4 pb-3 text-sm text-ink-2">{t("alertsPage.noNotifiers")}</p>
          ) : (
            <ul className="divide-y divide-line border-y border-line">
              {value.notifiers.map((one) => (
                <Notifier key={one.name} notifier={one} />
              ))}
            </ul>
          )}
          <DeadMan deadMan={value.deadMan} />
        </>
      )}
    </Panel>
  );
}

function Notifier(props: { notifier: NotifierView }) {
  const { name, kind, language, severities, clusters, environments, lastDelivery, failing } = props.notifier;
  const t = useT();
  const names = useClusterNames();
  const hindrance = useRoleHindrance("admin");
  const test = useTestNotifier();
  const titles = clusters?.map((scope) => names.find((one) => one.scope === scope)?.title ?? scope);
  return (
    <li
      className="flex flex-wrap items-start gap-x-6 gap-y-2 px-4 py-3 text-sm"
      data-notifier={name}
      data-failing={failing}
    >
      <div className="min-w-0 flex-1 basis-72">
        <p className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
          <span className="font-medium wrap-anywhere">{name}</span>
          <Badge>{t(`alertsPage.notifierKind.${kind}`)}</Badge>
          <Badge>{t(`alertsPage.language.${language}`)}</Badge>
          {failing ? <Badge tone="warn">{t("alertsPage.failing")}</Badge> : null}
        </p>
        <p className="text-xs text-ink-2 wrap-anywhere">
          {severities.map((one) => t(`severity.${one}`)).join(", ")} ·{" "}
          {titles?.join(", ") ?? t("alertsPage.everyCluster")}
          {environments === null ? null : <> · {environments.join(", ")}</>}
        </p>
        {lastDelivery === null ? (
          <p className="text-xs text-ink-3">{t("alertsPage.neverSent")}</p>
        ) : (
          <div className="flex flex-wrap items-center gap-x-2 text-xs text-ink-2">
            <span>{t("alertsPage.lastDelivery")}</span>
            <DeliveryWord delivery={lastDelivery} />
            <Age at={lastDelivery.lastTriedAt} />
            {lastDelivery.error === null || lastDelivery.state === "delivered" ? null : (
              <span className="wrap-anywhere">{lastDelivery.error}</span>
            )}
          </div>
        )}
        {test.problem === null ? null : <Refusal title={t("alertsPage.notDone")} problem={test.problem} acting />}
      </div>
      <HinderedButton
        hindrance={test.running ? t("alertsPage.sending") : hindrance}
        label={t("alertsPage.testThis", { name })}
        onClick={() => void test.run({ name })}
      >
        {t("alertsPage.test")}
      </HinderedButton>
    </li>
  );
}

/** The signal by which somebody else learns that nobody watches here any more. */
function DeadMan(props: { deadMan: NotifiersAnswer["deadMan"] }) {
  const { deadMan } = props;
  const t = useT();
  if (deadMan === null) return <p className="px-4 py-3 text-xs text-ink-3">{t("alertsPage.deadMan.none")}</p>;
  const { everyMs, lastOkAt, error } = deadMan;
  return (
    <div className="flex flex-wrap items-center gap-x-2 px-4 py-3 text-xs text-ink-2" data-dead-man={error === null}>
      <StatusMark level={error === null ? "ok" : "warn"} size={14} />
      <span>{t("alertsPage.deadMan.every", { every: formatInterval(t, everyMs) })}</span>
      <span>
        {t("alertsPage.deadMan.last")} <Age at={lastOkAt} />
      </span>
      {error === null ? null : <span className="font-medium text-warn wrap-anywhere">{error}</span>}
    </div>
  );
}
