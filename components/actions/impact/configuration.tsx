"use client";
import { clsx } from "clsx";
import { useT } from "@/lib/client/i18n";
import type { ConfigurationImpact } from "@/lib/domain/actions/plan";
import { ImpactSection } from "./section";

const told = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value, null, 1));

/** Each setting with what it is and what it becomes, and what must happen until it is in effect. */
export function ConfigurationChanges(props: { configuration: ConfigurationImpact }) {
  const t = useT();
  return (
    <ImpactSection name="configuration" title={t("actionDialog.impact.configuration")}>
      <ul className="figures mt-1 flex flex-col gap-2 text-sm">
        {props.configuration.changes.map(({ path, before, after, effect }) => (
          <li key={path} data-effect={effect}>
            <p className="flex flex-wrap items-baseline gap-x-3">
              <span className="font-semibold wrap-anywhere">{path}</span>
              <span
                className={clsx(
                  "font-sans text-xs",
                  effect === "restart" ? "font-semibold text-warn" : effect === "unknown" ? "text-blind" : "text-ink-3",
                )}
              >
                {t(`actionDialog.impact.effect.${effect}`)}
              </span>
            </p>
            <Side sign="−" word={t("historyPage.before")} value={before} className="bg-crit-soft text-ink-2" />
            <Side sign="+" word={t("historyPage.after")} value={after} className="bg-accent-soft" />
          </li>
        ))}
      </ul>
    </ImpactSection>
  );
}

function Side(props: { sign: string; word: string; value: unknown; className: string }) {
  const t = useT();
  const unset = props.value === null || props.value === undefined;
  return (
    <p className={clsx("grid grid-cols-[1rem_1fr] rounded-xs px-1.5", props.className)}>
      <span aria-hidden="true">{props.sign}</span>
      <span className="whitespace-pre-wrap wrap-anywhere">
        <span className="sr-only">{props.word} </span>
        {unset ? <i>{t("historyPage.notSet")}</i> : told(props.value)}
      </span>
    </p>
  );
}
