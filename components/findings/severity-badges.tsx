"use client";
import { Badge } from "@/components/ui/badge";
import { useT } from "@/lib/client/i18n";
import type { Finding } from "@/lib/domain/findings/finding";
import { countRoots } from "@/lib/domain/findings/tree";

/** How many findings stand by themselves, by severity, for what needs somebody. Nothing in health. */
export function SeverityBadges(props: { findings: readonly Finding[] }) {
  const t = useT();
  const { critical, unknown, warn } = countRoots(props.findings);
  return (
    <>
      {critical > 0 ? <Badge tone="crit">{t("fleet.critical", { count: critical })}</Badge> : null}
      {unknown > 0 ? <Badge tone="blind">{t("fleet.unknown", { count: unknown })}</Badge> : null}
      {warn > 0 ? <Badge tone="warn">{t("fleet.warnings", { count: warn })}</Badge> : null}
    </>
  );
}

/** The same in figures alone, for a tab. `stale`: nobody can tell now. */
export function TabCounts(props: { findings: readonly Finding[]; stale: boolean }) {
  const t = useT();
  if (props.stale) {
    return (
      <Badge tone="blind" title={t("findings.cannotTell")}>
        ?
      </Badge>
    );
  }
  const { critical, warn } = countRoots(props.findings);
  return (
    <>
      {critical > 0 ? (
        <Badge tone="crit" title={t("fleet.critical", { count: critical })}>
          {t("findings.count", { count: critical })}
          <span className="sr-only">{t("severity.critical")}</span>
        </Badge>
      ) : null}
      {warn > 0 ? (
        <Badge tone="warn" title={t("fleet.warnings", { count: warn })}>
          {t("findings.count", { count: warn })}
          <span className="sr-only">{t("severity.warn")}</span>
        </Badge>
      ) : null}
    </>
  );
}
