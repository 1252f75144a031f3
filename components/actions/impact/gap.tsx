"use client";
import { Moment } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import type { GapImpact } from "@/lib/domain/actions/plan";
import { formatSpan } from "@/lib/format/duration";
import { messageText } from "@/lib/format/message";
import { ImpactSection } from "./section";

const PAST_SHOWN = 5;

/** How long nobody will be able to write, what that was reckoned from, and how long it took before. */
export function Gap(props: { gap: GapImpact }) {
  const { fromMs, toMs, reasons, past } = props.gap;
  const t = useT();
  const known = toMs ?? fromMs;
  return (
    <ImpactSection
      name="gap"
      title={t("actionDialog.impact.gap")}
      figure={
        known === null ? (
          <span className="text-blind">{t("format.unknown")}</span>
        ) : fromMs !== null && toMs !== null && fromMs !== toMs ? (
          t("actionDialog.impact.gapRange", { from: formatSpan(t, fromMs), to: formatSpan(t, toMs) })
        ) : (
          t("actionDialog.impact.gapAbout", { to: formatSpan(t, known) })
        )
      }
    >
      {known === null && reasons.length === 0 ? (
        <p className="text-sm text-ink-2">{t("actionDialog.impact.gapUnknown")}</p>
      ) : null}
      <ul className="list-disc pl-4 text-sm text-ink-2">
        {reasons.map((reason) => (
          <li key={`${reason.key} ${JSON.stringify(reason.params)}`} className="wrap-anywhere">
            {messageText(t, reason)}
          </li>
        ))}
      </ul>
      {past.length === 0 ? null : (
        <div className="mt-1 text-xs text-ink-3">
          <p>{t("actionDialog.impact.gapPast")}:</p>
          <ul className="flex flex-wrap gap-x-4">
            {past.slice(0, PAST_SHOWN).map(({ at, ms }) => (
              <li key={at} className="whitespace-nowrap">
                <span className="font-medium text-ink-2">{formatSpan(t, ms)}</span> <Moment at={at} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </ImpactSection>
  );
}
