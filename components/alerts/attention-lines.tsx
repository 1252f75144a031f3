"use client";
import Link from "next/link";
import { Refusal } from "@/components/actions/refusal";
import { StatusMark } from "@/components/status/status-mark";
import { Moment } from "@/components/ui/age";
import { HinderedButton } from "@/components/ui/hindered-button";
import { useEndSilence } from "@/lib/client/alerts";
import { useT } from "@/lib/client/i18n";
import { alertsPath } from "@/lib/client/paths";
import { useAtTick } from "@/lib/client/use-live";
import type { AttentionBoard, Silence } from "@/lib/domain/alerts/types";
import { formatAge } from "@/lib/format/duration";
import { useMaintenance } from "./use-maintenance";
import { useRoleHindrance } from "./use-role-hindrance";

const LINE = "flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border bg-surface px-4 py-2 text-sm";

/** What every page of a cluster says of its alerts: that it is kept quiet and by whom, and that nobody may be hearing of it. */
export function AttentionLines(props: { attention: AttentionBoard | null }) {
  const { attention } = props;
  const window = useMaintenance(attention);
  return (
    <>
      {window === null ? null : <Maintenance window={window} />}
      {attention === null || attention.failingNotifiers.length === 0 ? null : (
        <FailingNotifiers names={attention.failingNotifiers} />
      )}
    </>
  );
}

function Maintenance(props: { window: Silence }) {
  const { id, owner, reason, until } = props.window;
  const t = useT();
  const left = useAtTick((now) => formatAge(t, Date.parse(until) - now));
  const hindrance = useRoleHindrance("operator");
  const end = useEndSilence();
  return (
    <section aria-labelledby="maintenance" data-maintenance={id} className={`${LINE} border-line-strong`}>
      <StatusMark level="info" size={15} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-3">
          <strong id="maintenance" className="font-semibold">
            {t("maintenance.badge", { left })}
          </strong>
          <span className="text-ink-2">{t("maintenance.quiet")}</span>
        </p>
        <p className="text-xs text-ink-2 wrap-anywhere">
          {t("maintenance.by", { owner })} <Moment at={until} />: <span className="text-ink">{reason}</span>
        </p>
        {end.problem === null ? null : <Refusal title={t("alertsPage.notDone")} problem={end.problem} acting />}
      </div>
      <HinderedButton
        hindrance={end.running ? t("alertsPage.sending") : hindrance}
        label={t("alertsPage.endThis", { owner, reason })}
        onClick={() => void end.run({ id })}
      >
        {t("alertsPage.endNow")}
      </HinderedButton>
    </section>
  );
}

function FailingNotifiers(props: { names: readonly string[] }) {
  const t = useT();
  return (
    <p className={`${LINE} border-line`} data-failing-notifiers={props.names.join(" ")}>
      <StatusMark level="warn" size={14} />
      <span className="min-w-0 wrap-anywhere max-sm:flex-1">
        {t("alertsPage.notifiersFail", { count: props.names.length, names: props.names.join(", ") })}
      </span>
      <Link href={alertsPath()} prefetch={false} className="text-accent hover:underline">
        {t("alertsPage.link")}
      </Link>
    </p>
  );
}
