"use client";
import { memo } from "react";
import { CancelScheduled } from "@/components/actions/cancel-scheduled";
import { StatusMark } from "@/components/status/status-mark";
import { Moment } from "@/components/ui/age";
import { Nothing, Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import { useNow } from "@/lib/client/use-live";
import type { Snapshot } from "@/lib/domain/snapshot";
import { formatAge } from "@/lib/format/duration";

/** What is under way or will happen by itself. */
export const PlannedPanel = memo(function PlannedPanel(props: Pick<Snapshot, "scheduled" | "handover">) {
  const t = useT();
  const { scheduled, handover } = props;
  return (
    <Panel title={t("planned.title")}>
      {handover === null && scheduled.length === 0 ? <Nothing>{t("planned.none")}</Nothing> : null}
      <ul className="flex flex-col gap-2 text-sm">
        {handover === null ? null : (
          <li className="flex gap-2.5">
            <StatusMark level="warn" size={15} className="mt-[3px]" />
            <span>
              {t("planned.handover", {
                from: handover.from ?? t("format.unknown"),
                to: handover.to ?? t("planned.anyMember"),
              })}
            </span>
          </li>
        )}
        {scheduled.map((entry) => (
          <Scheduled key={`${entry.kind} ${entry.at} ${entry.from}`} entry={entry} />
        ))}
      </ul>
    </Panel>
  );
});

function Scheduled(props: { entry: Snapshot["scheduled"][number] }) {
  const { kind, at, from, to } = props.entry;
  const t = useT();
  const now = useNow();
  const left = Date.parse(at) - now;
  return (
    <li className="flex gap-2.5">
      <StatusMark level="info" size={15} className="mt-[3px]" />
      <div className="min-w-0">
        <p className="wrap-anywhere">
          {t(`planned.${kind}`, { from: from ?? t("format.unknown"), to: to ?? t("planned.anyMember") })}
        </p>
        <p className="text-xs text-ink-3">
          <Moment at={at} /> · {left > 0 ? t("planned.in", { left: formatAge(t, left) }) : t("planned.due")}
        </p>
        <CancelScheduled kind={kind} member={from} />
      </div>
    </li>
  );
}
