"use client";
import { StatusMark } from "@/components/status/status-mark";
import type { ActProblem } from "@/lib/client/act";
import { useT } from "@/lib/client/i18n";
import { messageText } from "@/lib/format/message";

/** Why something was not done to a run, in words. */
export function RunRefused(props: { problem: ActProblem | null }) {
  const { problem } = props;
  const t = useT();
  if (problem === null) return null;
  const { code, detail, reasons } = problem;
  const own = `runbooks.refusal.${code}`;
  const known = `actionDialog.refusal.code.${code}`;
  const [reason] = reasons;
  const words = reason && t.has(reason.key) ? messageText(t, reason) : t(t.has(own) ? own : known);
  return (
    <div
      role="alert"
      data-refusal={code}
      className="flex gap-2.5 rounded-md border border-crit-line bg-crit-soft px-3 py-2 text-sm"
    >
      <StatusMark level="crit" size={16} className="mt-0.5" />
      <div className="min-w-0 flex-1">
        <p className="wrap-anywhere">
          <span className="font-semibold">{t("runbooks.notDone")}</span> {words}
        </p>
        {detail === null || reason ? null : <p className="text-xs text-ink-2 wrap-anywhere">{detail}</p>}
      </div>
    </div>
  );
}
