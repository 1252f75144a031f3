"use client";
import { useT } from "@/lib/client/i18n";
import type { RunbookPrecondition } from "@/lib/domain/runbooks/runbook";
import { ConditionView } from "./condition-view";
import { FilledText } from "./filled-text";

/** What must be so before a run begins, each with what it comes to now. */
export function PreconditionList(props: { preconditions: readonly RunbookPrecondition[] }) {
  const t = useT();
  if (props.preconditions.length === 0) return null;
  return (
    <section aria-label={t("runbooks.preconditions")} className="flex flex-col gap-2">
      <h3 className="text-sm font-semibold">{t("runbooks.preconditions")}</h3>
      <ul className="flex flex-col gap-2.5">
        {props.preconditions.map(({ text, condition }) => (
          <li key={condition.source} className="flex flex-col gap-1 text-sm" data-precondition="">
            <p className="wrap-anywhere">
              <FilledText text={text} />
            </p>
            <ConditionView condition={condition} needed />
          </li>
        ))}
      </ul>
    </section>
  );
}
