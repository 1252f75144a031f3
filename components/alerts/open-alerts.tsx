"use client";
import { Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import type { Alert, Silence } from "@/lib/domain/alerts/types";
import { AlertItem } from "./alert-item";
import { groupOf, OPEN_GROUPS, openAlerts } from "./groups";

/**
 * Alerts that are not over: first those that nobody has taken on. `blind`: whether there are more cannot be told now, so that none is
 * not the same as all being well.
 */
export function OpenAlerts(props: { alerts: readonly Alert[]; silences: readonly Silence[]; blind: boolean }) {
  const { silences, blind } = props;
  const t = useT();
  const alerts = openAlerts(props.alerts);
  const silenceOf = (id: string | null) => silences.find((one) => one.id === id) ?? null;
  return OPEN_GROUPS.map((group) => {
    const those = alerts.filter((alert) => groupOf(alert) === group);
    if (those.length === 0 && group !== "firing") return null;
    return (
      <Panel
        key={group}
        title={t(`alertsPage.group.${group}`)}
        flush
        {...(those.length === 0 ? {} : { aside: t("findings.count", { count: those.length }) })}
      >
        {those.length === 0 ? (
          <p className={blind ? "px-4 pb-4 text-sm font-medium text-blind" : "px-4 pb-4 text-sm text-ink-3"}>
            {blind ? t("alertsPage.cannotTell") : t("alertsPage.none")}
          </p>
        ) : (
          <ul className="divide-y divide-line border-t border-line" data-group={group}>
            {those.map((alert) => (
              <AlertItem key={alert.id} alert={alert} silence={silenceOf(alert.silencedBy)} />
            ))}
          </ul>
        )}
      </Panel>
    );
  });
}
