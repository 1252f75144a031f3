"use client";
import { clsx } from "clsx";
import { LEVEL_OF_WRITES } from "@/components/next-failure/writes";
import { StatusMark } from "@/components/status/status-mark";
import { useT } from "@/lib/client/i18n";
import type { NextFailure } from "@/lib/domain/actions/plan";
import { WRITES_RANK } from "@/lib/domain/next-failure/foretell";
import { messageText } from "@/lib/format/message";
import { ImpactSection } from "./section";

/** Which single failure would stop writes once it is done. Those that writes survive are folded away. */
export function NextFailures(props: { failures: readonly NextFailure[] }) {
  const t = useT();
  const sorted = props.failures.toSorted((a, b) => WRITES_RANK[a.writes] - WRITES_RANK[b.writes]);
  const told = sorted.filter(({ writes }) => writes !== "served");
  const served = sorted.filter(({ writes }) => writes === "served");
  const lost = told.filter(({ writes }) => writes === "lost").length;
  return (
    <ImpactSection
      name="next-failures"
      title={t("actionDialog.impact.next")}
      figure={
        <span className={clsx(lost > 0 && "text-crit")}>
          {t("actionDialog.impact.nextLost", { count: lost })}
          {told.length === lost ? null : (
            <span className="text-blind">, {t("actionDialog.impact.nextUnknown", { count: told.length - lost })}</span>
          )}
        </span>
      }
    >
      <List failures={told} />
      {served.length === 0 ? null : (
        <details className="mt-1">
          <summary className="cursor-pointer text-xs text-ink-3 hover:text-ink">
            {t("actionDialog.impact.nextServed", { count: served.length })}
          </summary>
          <List failures={served} />
        </details>
      )}
    </ImpactSection>
  );
}

function List(props: { failures: readonly NextFailure[] }) {
  const t = useT();
  return (
    <ul className="mt-1 flex flex-col gap-1 text-sm">
      {props.failures.map((one) => (
        <li key={`${one.layer} ${one.subject}`} data-writes={one.writes} className="flex gap-2">
          <StatusMark level={LEVEL_OF_WRITES[one.writes]} size={14} className="mt-[3px]" />
          <span className="min-w-0 wrap-anywhere">
            <span className="sr-only">{t(`actionDialog.impact.writes.${one.writes}`)}: </span>
            {messageText(t, one.text)}
          </span>
        </li>
      ))}
    </ul>
  );
}
