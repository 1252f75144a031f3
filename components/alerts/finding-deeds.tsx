"use client";
import Link from "next/link";
import { useState } from "react";
import { useFindingContext } from "@/components/findings/finding-context";
import { HinderedButton } from "@/components/ui/hindered-button";
import { useFrozenNow } from "@/lib/client/frozen-clock";
import { useT } from "@/lib/client/i18n";
import { alertsPath } from "@/lib/client/paths";
import type { Finding } from "@/lib/domain/findings/finding";
import { AcknowledgeDrawer } from "./acknowledge-drawer";
import { SilenceDrawer } from "./silence-drawer";
import { useRoleHindrance } from "./use-role-hindrance";

/** To take a finding's alert on, or to be spared of it. Nothing on a picture of the past, or where no alerts are kept. */
export function FindingDeeds(props: { finding: Finding }) {
  const { finding } = props;
  const t = useT();
  const { scope, attention } = useFindingContext();
  const hindrance = useRoleHindrance("operator");
  const [open, setOpen] = useState<"acknowledge" | "silence" | null>(null);
  const past = useFrozenNow() !== null;
  if (past || attention === null) return null;
  const alert = attention.alerts.find(({ findingId }) => findingId === finding.id) ?? null;
  const close = () => setOpen(null);
  return (
    <div className="flex flex-wrap items-start gap-2">
      {alert === null || alert.acknowledged !== null ? null : (
        <HinderedButton size="small" hindrance={hindrance} onClick={() => setOpen("acknowledge")}>
          {t("alertsPage.acknowledge")}
        </HinderedButton>
      )}
      <HinderedButton size="small" hindrance={hindrance} onClick={() => setOpen("silence")}>
        {t("alertsPage.silence")}
      </HinderedButton>
      {alert === null ? (
        <span className="py-1 text-xs text-ink-3">{t("alertsPage.noAlertOfIt")}</span>
      ) : (
        <Link href={alertsPath(scope)} prefetch={false} className="py-1 text-xs text-accent hover:underline">
          {t("alertsPage.ofCluster")}
        </Link>
      )}
      {open === "acknowledge" && alert !== null ? <AcknowledgeDrawer alert={alert} onClose={close} /> : null}
      {open === "silence" ? (
        <SilenceDrawer scope={scope} rule={finding.rule} subject={finding.subject.name} onClose={close} />
      ) : null}
    </div>
  );
}
