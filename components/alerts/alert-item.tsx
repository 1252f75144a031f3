"use client";
import { clsx } from "clsx";
import Link from "next/link";
import { useState } from "react";
import { textOf, titleOf } from "@/components/findings/texts";
import { LEVEL_OF_SEVERITY, TEXT_OF_LEVEL } from "@/components/status/level";
import { StatusMark } from "@/components/status/status-mark";
import { Lasting, Moment } from "@/components/ui/age";
import { HinderedButton } from "@/components/ui/hindered-button";
import { useT } from "@/lib/client/i18n";
import { useClusterNames } from "@/lib/client/live-provider";
import { findingPath } from "@/lib/client/paths";
import type { Alert, Silence } from "@/lib/domain/alerts/types";
import { AcknowledgeDrawer } from "./acknowledge-drawer";
import { SilenceDrawer } from "./silence-drawer";
import { useRoleHindrance } from "./use-role-hindrance";

/** One alert: of which cluster, what, since when, who has it, and what may be done about it. `silence`: what keeps it quiet. */
export function AlertItem(props: { alert: Alert; silence: Silence | null }) {
  const { alert } = props;
  const t = useT();
  const over = alert.state === "resolved";
  const level = over ? "info" : LEVEL_OF_SEVERITY[alert.severity];
  const title = titleOf(t, alert);
  const cluster = useClusterNames().find(({ scope }) => scope === alert.scope)?.title ?? alert.scope;
  return (
    <li className="flex gap-2.5 px-4 py-3 text-sm" data-alert={alert.id} data-state={alert.state}>
      <StatusMark level={level} size={15} className="mt-[3px]" />
      <div className="flex min-w-0 flex-1 flex-wrap items-start gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-80">
          <p className="flex flex-wrap items-baseline gap-x-2">
            <span className={clsx("font-medium", TEXT_OF_LEVEL[level])}>{t(`severity.${alert.severity}`)}</span>
            {title === null ? null : <span className="font-medium wrap-anywhere">{title}</span>}
            <Link
              href={findingPath(alert.scope, alert.findingId)}
              prefetch={false}
              className="min-w-0 text-accent wrap-anywhere hover:underline"
            >
              {cluster}
            </Link>
          </p>
          <p className="wrap-anywhere">{textOf(t, alert)}</p>
          <Course {...props} />
        </div>
        {over ? null : <Deeds alert={alert} />}
      </div>
    </li>
  );
}

/** When it began and ended, whether it comes and goes, who took it on, what keeps it quiet. */
function Course(props: { alert: Alert; silence: Silence | null }) {
  const { alert, silence } = props;
  const { state, startedAt, resolvedAt, flaps, acknowledged, silencedBy } = alert;
  const t = useT();
  return (
    <div className="text-xs text-ink-2">
      <p className="flex flex-wrap gap-x-3">
        <span>
          {t("alertsPage.since")} <Moment at={startedAt} />
          {state === "resolved" ? null : (
            <>
              {" "}
              · <Lasting since={startedAt} />
            </>
          )}
        </span>
        {resolvedAt === null ? null : (
          <span>
            {t("alertsPage.overSince")} <Moment at={resolvedAt} />
          </span>
        )}
        {flaps === 0 ? null : <span>{t("alertsPage.flaps", { count: flaps })}</span>}
      </p>
      {state === "resolving" ? <p>{t("alertsPage.resolving")}</p> : null}
      {acknowledged === null ? null : (
        <p className="wrap-anywhere" data-acknowledged={acknowledged.by}>
          {t("alertsPage.acknowledgedBy", { by: acknowledged.by })} · <Moment at={acknowledged.at} />:{" "}
          <span className="text-ink">{acknowledged.note}</span>
        </p>
      )}
      {silencedBy === null ? null : silence === null ? (
        <p>{t("alertsPage.silenced")}</p>
      ) : (
        <p className="wrap-anywhere">
          {t(`alertsPage.quietBy.${silence.kind}`, { owner: silence.owner })} <Moment at={silence.until} />:{" "}
          <span className="text-ink">{silence.reason}</span>
        </p>
      )}
    </div>
  );
}

function Deeds(props: { alert: Alert }) {
  const { alert } = props;
  const t = useT();
  const hindrance = useRoleHindrance("operator");
  const [open, setOpen] = useState<"acknowledge" | "silence" | null>(null);
  const about = textOf(t, alert);
  const close = () => setOpen(null);
  return (
    <div className="flex flex-wrap gap-2">
      {alert.acknowledged !== null ? null : (
        <HinderedButton
          hindrance={hindrance}
          label={t("alertsPage.acknowledgeThis", { about })}
          onClick={() => setOpen("acknowledge")}
        >
          {t("alertsPage.acknowledge")}
        </HinderedButton>
      )}
      {alert.silencedBy !== null ? null : (
        <HinderedButton
          hindrance={hindrance}
          label={t("alertsPage.silenceThis", { about })}
          onClick={() => setOpen("silence")}
        >
          {t("alertsPage.silence")}
        </HinderedButton>
      )}
      {open === "acknowledge" ? <AcknowledgeDrawer alert={alert} onClose={close} /> : null}
      {open === "silence" ? (
        <SilenceDrawer scope={alert.scope} rule={alert.rule} subject={alert.subject} onClose={close} />
      ) : null}
    </div>
  );
}
