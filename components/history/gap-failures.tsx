"use client";
import { useT } from "@/lib/client/i18n";
import { selector } from "@/lib/domain/message";

/** How the attempts of a write gap ended, each way with its count. */
export function GapFailures(props: { failures: Readonly<Record<string, number>> }) {
  const t = useT();
  return Object.entries(props.failures).map(([kind, count]) => (
    <span key={kind}>{t("historyPage.gapFailure", { kind: selector(kind), count })}</span>
  ));
}
