"use client";
import { useId } from "react";
import { useT } from "@/lib/client/i18n";
import type { Plan } from "@/lib/domain/actions/plan";
import { FIELD } from "./buttons";
import type { Answers } from "./confirmation";

/** The scope and the reason to type. No form around them: Enter in a field sends nothing. */
export function ConfirmPart(props: {
  plan: Plan;
  answers: Answers;
  reader: string;
  onTyped: (typed: string) => void;
  onReason: (reason: string) => void;
}) {
  const { plan, answers } = props;
  const t = useT();
  const id = useId();
  const wrong = answers.typed.trim() !== "" && !plan.confirm.startsWith(answers.typed.trim());
  return (
    <section aria-labelledby={`${id}-title`} className="flex flex-col gap-3 rounded-md border border-line-strong p-4">
      <h3 id={`${id}-title`} className="text-base font-semibold">
        {t("actionDialog.confirm.title")}
      </h3>
      <div className="grid gap-x-6 gap-y-3 md:grid-cols-2">
        <div className="flex flex-col gap-1">
          <label htmlFor={`${id}-scope`} className="text-sm font-medium wrap-anywhere">
            {t("actionDialog.confirm.scope", { scope: plan.confirm })}
          </label>
          <input
            id={`${id}-scope`}
            data-confirm="scope"
            type="text"
            autoComplete="off"
            autoCapitalize="off"
            autoCorrect="off"
            spellCheck={false}
            maxLength={200}
            value={answers.typed}
            onChange={(event) => props.onTyped(event.target.value)}
            aria-invalid={wrong}
            aria-describedby={wrong ? `${id}-wrong` : undefined}
            className={`${FIELD} figures text-base aria-invalid:border-crit`}
          />
          {wrong ? (
            <p id={`${id}-wrong`} className="text-xs text-crit">
              {t("actionDialog.confirm.wrong")}
            </p>
          ) : null}
        </div>
        <div className="flex flex-col gap-1">
          <label htmlFor={`${id}-reason`} className="text-sm font-medium">
            {t("actionDialog.confirm.reason")}
          </label>
          <textarea
            id={`${id}-reason`}
            data-confirm="reason"
            rows={2}
            maxLength={2_000}
            value={answers.reason}
            onChange={(event) => props.onReason(event.target.value)}
            aria-describedby={`${id}-hint`}
            className={FIELD}
          />
          <p id={`${id}-hint`} className="text-xs text-ink-3">
            {t("actionDialog.confirm.reasonHint")} {t("actionDialog.confirm.recorded", { name: props.reader })}
          </p>
        </div>
      </div>
      {plan.needsApproval ? (
        <p className="rounded-md border border-accent/50 bg-accent-soft px-3 py-2 text-sm font-medium">
          {t("actionDialog.confirm.approval")}
        </p>
      ) : null}
    </section>
  );
}
