"use client";
import type { ReactNode } from "react";
import { FindingDeeds } from "@/components/alerts/finding-deeds";
import { useT } from "@/lib/client/i18n";
import type { Finding } from "@/lib/domain/findings/finding";
import { EvidenceList } from "./evidence-list";
import { meansOf, todoOf } from "./texts";

/** All that is known of a finding beyond its sentence. `meant`: what it means stands beside the sentence already. */
export function FindingDetails(props: { finding: Finding; meant: boolean }) {
  const { finding, meant } = props;
  const t = useT();
  const means = meant ? null : meansOf(t, finding);
  const todo = todoOf(t, finding);
  return (
    <div className="mt-1.5 flex flex-col gap-2.5 border-l-2 border-line pl-3 text-sm">
      {means === null ? null : (
        <Part title={t("findings.means")}>
          <p className="wrap-anywhere">{means}</p>
        </Part>
      )}
      {todo === null ? null : (
        <Part title={t("findings.do")}>
          <p className="max-w-4xl wrap-anywhere">{todo}</p>
        </Part>
      )}
      {finding.evidence.length === 0 ? null : (
        <Part title={t("findings.evidence")}>
          <EvidenceList evidence={finding.evidence} />
        </Part>
      )}
      {finding.runbook === null ? null : (
        <Part title={t("findings.runbook")}>
          <p data-runbook={finding.runbook}>{t(`findings.runbooks.${finding.runbook}`)}</p>
        </Part>
      )}
      <FindingDeeds finding={finding} />
    </div>
  );
}

function Part(props: { title: string; children: ReactNode }) {
  return (
    <section>
      <h4 className="text-xs font-medium text-ink-3">{props.title}</h4>
      <div className="flex flex-col gap-1">{props.children}</div>
    </section>
  );
}
