"use client";
import type { ReactNode } from "react";
import { Lasting } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import type { BackendImpact } from "@/lib/domain/actions/plan";
import { Facts, ImpactSection } from "./section";

/** The session that would be hit, whole, so that it can be recognised. */
export function Backend(props: { backend: BackendImpact }) {
  const one = props.backend;
  const t = useT();
  const facts: Readonly<Record<string, ReactNode>> = {
    pid: one.pid,
    user: one.user,
    database: one.database,
    application: one.application,
    client: one.clientAddress,
    type: one.backendType,
    state: one.state,
    queryFor: one.queryStart === null ? null : <Lasting since={one.queryStart} />,
    transactionFor: one.transactionStart === null ? null : <Lasting since={one.transactionStart} />,
    blocks:
      one.blocks.length === 0 ? (
        t("actionDialog.impact.nobodyWaits")
      ) : (
        <strong>
          {one.blocks.length}: <span className="figures">{one.blocks.join(", ")}</span>
        </strong>
      ),
  };
  return (
    <ImpactSection name="backend" title={t("actionDialog.impact.backend")}>
      <Facts
        facts={Object.entries(facts)
          .filter(([, value]) => value !== null && value !== "")
          .map(([key, value]) => ({ label: t(`actionDialog.impact.${key}`), value }))}
      />
      {one.query === null ? (
        <p className="mt-1 text-sm text-ink-3">{t("actionDialog.impact.queryHidden")}</p>
      ) : (
        <pre className="figures mt-1.5 max-h-48 overflow-auto rounded-sm bg-raised p-2 text-xs whitespace-pre-wrap wrap-anywhere">
          {one.query}
        </pre>
      )}
    </ImpactSection>
  );
}
