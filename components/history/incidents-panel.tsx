"use client";
import Link from "next/link";
import { Moment } from "@/components/ui/age";
import { Nothing, Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import { incidentPath } from "@/lib/client/paths";
import type { Asked } from "@/lib/client/record-hooks";
import type { IncidentsAnswer } from "@/lib/contract/incident";
import { formatSpan } from "@/lib/format/duration";
import { SeverityMark } from "./severity-mark";

const SHOWN = 6;

/** Windows of the range that are worth a report, newest first. */
export function IncidentsPanel(props: { scope: string; incidents: Asked<IncidentsAnswer["incidents"]> }) {
  const { value, problem } = props.incidents;
  const t = useT();
  const hidden = (value?.length ?? 0) - SHOWN;
  return (
    <Panel
      title={t("historyPage.incidents.title")}
      aside={hidden > 0 ? t("historyPage.incidents.more", { count: hidden }) : undefined}
    >
      {problem ? (
        <p className="text-sm text-blind">{t("historyPage.incidents.cannot")}</p>
      ) : value === null ? (
        <Nothing>{t("historyPage.loading")}</Nothing>
      ) : value.length === 0 ? (
        <Nothing>{t("historyPage.incidents.none")}</Nothing>
      ) : (
        <ul className="grid gap-2 md:grid-cols-2 xl:grid-cols-3">
          {value.slice(0, SHOWN).map((window) => (
            <li key={window.from}>
              <Link
                href={incidentPath(props.scope, window.from, window.to)}
                prefetch={false}
                data-window={window.from}
                className="flex h-full gap-2.5 rounded-md border border-line px-3 py-2 text-sm hover:border-line-strong hover:bg-raised"
              >
                <SeverityMark severity={window.gapMs === null ? "notice" : "critical"} className="mt-[3px]" />
                <span className="min-w-0">
                  <span className="block font-medium wrap-anywhere first-letter:uppercase">
                    {window.reasons.map((reason) => t(`historyPage.incidents.reason.${reason}`)).join(", ")}
                    {window.leader === null ? "" : ` → ${window.leader}`}
                  </span>
                  <span className="block text-xs text-ink-3">
                    <Moment at={window.startedAt} />
                    {" · "}
                    {window.gapMs === null
                      ? t("historyPage.incidents.noGap")
                      : t("historyPage.incidents.gap", { length: formatSpan(t, window.gapMs) })}
                  </span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
