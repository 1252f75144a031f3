"use client";
import { ReadingFailed } from "@/components/status/reading-failed";
import { Nothing, Panel } from "@/components/ui/panel";
import { useResolvedAlerts } from "@/lib/client/alerts";
import { useT } from "@/lib/client/i18n";
import { AlertItem } from "./alert-item";

/** Alerts that are over, the newest first. */
export function ResolvedAlerts(props: { scope: string | null }) {
  const t = useT();
  const { value, problem, again } = useResolvedAlerts(props.scope);
  const alerts = value?.alerts ?? [];
  return (
    <Panel title={t("alertsPage.group.resolved")} flush>
      {problem === null ? null : (
        <div className="px-4 pb-3">
          <ReadingFailed words="alertsPage" problem={problem} old={alerts.length > 0} onRetry={again} />
        </div>
      )}
      {alerts.length === 0 ? (
        problem === null ? (
          <div className="px-4 pb-4">
            <Nothing>{value === null ? t("alertsPage.loading") : t("alertsPage.noneResolved")}</Nothing>
          </div>
        ) : null
      ) : (
        <ul
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by the keyboard
          tabIndex={0}
          className="max-h-96 divide-y divide-line overflow-y-auto border-t border-line"
          data-group="resolved"
        >
          {alerts.map((alert) => (
            <AlertItem key={alert.id} alert={alert} silence={null} />
          ))}
        </ul>
      )}
    </Panel>
  );
}
