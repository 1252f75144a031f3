"use client";
import { useFindingContext } from "@/components/findings/finding-context";
import { Badge } from "@/components/ui/badge";
import { useT } from "@/lib/client/i18n";
import type { Finding } from "@/lib/domain/findings/finding";

/** Beside a finding: who took it on, and who does not want to hear of it. */
export function AlertMarks(props: { finding: Finding }) {
  const t = useT();
  const { attention } = useFindingContext();
  const alert = attention?.alerts.find(({ findingId }) => findingId === props.finding.id);
  if (!attention || !alert) return null;
  const { acknowledged, silencedBy } = alert;
  const silence = attention.silences.find(({ id }) => id === silencedBy);
  return (
    <>
      {acknowledged === null ? null : (
        <Badge tone="accent" title={acknowledged.note}>
          {t("alertsPage.acknowledgedBy", { by: acknowledged.by })}
        </Badge>
      )}
      {silencedBy === null ? null : (
        <Badge {...(silence ? { title: `${silence.owner}: ${silence.reason}` } : {})}>{t("alertsPage.silenced")}</Badge>
      )}
    </>
  );
}
