"use client";
import { useMemo } from "react";
import { usePageStale } from "@/components/status/trust";
import { Age, Moment } from "@/components/ui/age";
import { Nothing, Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import { foretell } from "@/lib/domain/next-failure/foretell";
import type { Snapshot } from "@/lib/domain/snapshot";
import { NextFailureTable } from "./next-failure-table";
import { summaryText } from "./summary-text";

/** What would become of writes if one thing died now and stayed dead, the worst first, and of when this is told. */
export function NextFailureSection(props: { snapshot: Snapshot }) {
  const { snapshot } = props;
  const t = useT();
  const stale = usePageStale();
  const failures = useMemo(() => foretell(snapshot), [snapshot]);
  return (
    <Panel
      title={t("nextFailurePage.title")}
      flush
      aside={
        <span className={stale ? "font-medium text-blind" : ""}>
          {t("nextFailurePage.asOf")} <Moment at={snapshot.at} clockOnly /> · <Age at={snapshot.at} />
        </span>
      }
    >
      <div className="px-4 pb-3 text-sm text-ink-2">
        <p>{t("nextFailurePage.about")}</p>
        {stale ? <p className="font-medium text-blind">{t("nextFailurePage.stale")}</p> : null}
        {failures.length === 0 ? (
          <Nothing>{t("nextFailurePage.none")}</Nothing>
        ) : (
          <p className="font-medium text-ink">{summaryText(t, failures)}</p>
        )}
      </div>
      {failures.length === 0 ? null : <NextFailureTable failures={failures} />}
    </Panel>
  );
}
