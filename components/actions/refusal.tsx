"use client";
import { StatusMark } from "@/components/status/status-mark";
import { Age } from "@/components/ui/age";
import type { ActProblem } from "@/lib/client/act";
import { useT } from "@/lib/client/i18n";
import { messageText } from "@/lib/format/message";
import { PLAIN_BUTTON } from "./buttons";

const REASONS: Partial<Record<ActProblem["code"], string>> = {
  "fence-moved": "actionDialog.refusal.moved",
  blocked: "actionDialog.refusal.blocking",
  unacknowledged: "actionDialog.refusal.unticked",
};

/** True where no answer came that says whether the server began: it must be found out, not assumed. */
export const isLost = (problem: ActProblem): boolean =>
  problem.code === "network" || problem.code === "malformed" || problem.code === "internal";

/** Why the server would not, in words: what moved, who was first, and that nothing was done. */
export function Refusal(props: {
  title: string;
  problem: ActProblem;
  /** True where the refused request would have acted, so that it is worth saying that it did not. */
  acting: boolean;
  onFollow?: (operationId: string) => void;
}) {
  const { problem } = props;
  const t = useT();
  const reasons = REASONS[problem.code];
  const { holder } = problem;
  const followed = problem.operationId ?? holder?.operationId ?? null;
  return (
    <div
      role="alert"
      data-refusal={problem.code}
      className="flex gap-2.5 rounded-md border border-crit-line bg-crit-soft px-3 py-2 text-sm"
    >
      <StatusMark level="crit" size={16} className="mt-0.5" />
      <div className="min-w-0 flex-1">
        <p className="font-semibold wrap-anywhere">
          {props.title}: {t(`actionDialog.refusal.code.${problem.code}`)}{" "}
          {props.acting ? <span className="font-normal">{t("actionDialog.refusal.nothingDone")}</span> : null}
        </p>
        {problem.reasons.length === 0 ? null : (
          <>
            {reasons === undefined ? null : <p className="mt-1">{t(reasons)}</p>}
            <ul className="list-disc pl-5">
              {problem.reasons.map((reason) => (
                <li key={`${reason.key} ${JSON.stringify(reason.params)}`} className="wrap-anywhere">
                  {messageText(t, reason)}
                </li>
              ))}
            </ul>
          </>
        )}
        {holder === null ? null : (
          <p className="mt-1 wrap-anywhere">
            {t("actionDialog.refusal.holder", {
              actor: holder.actor,
              action: t.has(`action.name.${holder.action}`) ? t(`action.name.${holder.action}`) : holder.action,
              dashboard: holder.dashboard,
            })}
            {" · "}
            <Age at={holder.at} />
          </p>
        )}
        {problem.detail === null || problem.reasons.length > 0 ? null : (
          <p className="text-xs text-ink-2 wrap-anywhere">{problem.detail}</p>
        )}
        {followed === null || props.onFollow === undefined ? null : (
          <button type="button" className={`${PLAIN_BUTTON} mt-2`} onClick={() => props.onFollow?.(followed)}>
            {t("actionDialog.refusal.follow")}
          </button>
        )}
      </div>
    </div>
  );
}
