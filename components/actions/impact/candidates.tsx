"use client";
import { clsx } from "clsx";
import { Age } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import type { CandidateImpact } from "@/lib/domain/actions/plan";
import { messageText } from "@/lib/format/message";
import { lossText } from "./loss-text";
import { ImpactSection } from "./section";

/** The loss receipt before: what each candidate has not received. */
export function Candidates(props: { candidates: readonly CandidateImpact[] }) {
  const t = useT();
  return (
    <ImpactSection name="candidates" title={t("actionDialog.impact.candidates")}>
      <ul className="mt-1 flex flex-col gap-1 text-sm">
        {props.candidates.map((one) => (
          <li
            key={one.member}
            data-candidate={one.member}
            className="grid gap-x-3 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]"
          >
            <span className="font-medium wrap-anywhere">{one.member}</span>
            <span className="wrap-anywhere">
              <span className={clsx(one.basis === "unknown" && "font-medium text-blind")}>{lossText(t, one)}</span>
              {one.at === null ? null : (
                <>
                  {" "}
                  <Age at={one.at} className="text-xs text-ink-3" />
                </>
              )}
              {one.eligible ? null : (
                <span className="block text-xs text-warn">
                  {t("actionDialog.impact.notEligible")}
                  {one.reason === null ? null : `: ${messageText(t, one.reason)}`}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </ImpactSection>
  );
}
