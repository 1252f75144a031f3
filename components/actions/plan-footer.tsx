"use client";
import { useId } from "react";
import { StatusMark } from "@/components/status/status-mark";
import { useT } from "@/lib/client/i18n";
import { deedButton, PLAIN_BUTTON } from "./buttons";
import type { Missing } from "./confirmation";
import { GRAVE } from "./draft";
import { PlanLife } from "./plan-life";
import { Refusal } from "./refusal";
import type { Desk } from "./use-desk";

/** Always in sight: how long the plan lives, what is still missing, why it was refused, and the one button that does it. */
export function PlanFooter(props: { desk: Desk; onFollow: (operationId: string) => void; onClose: () => void }) {
  const { desk } = props;
  const { plan, settled, execution } = desk;
  const t = useT();
  const id = useId();
  const offerAgain = desk.problem !== null || (plan !== null && settled && (!desk.fresh || desk.barred));
  // A plan that nobody may use any more is not counted down.
  const life = plan !== null && settled && !desk.barred && !desk.spent ? plan : null;
  const missing = desk.fresh && !desk.barred ? desk.missing : [];
  return (
    <footer className="flex max-h-[50dvh] shrink-0 flex-col gap-2 overflow-y-auto border-t border-line-strong bg-surface px-4 py-3 sm:px-6">
      {execution.lost !== null ? (
        <Lost state={execution.lost} />
      ) : execution.problem !== null ? (
        <Refusal title={t("actionDialog.refusal.title")} problem={execution.problem} acting onFollow={props.onFollow} />
      ) : null}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-40 flex-1">{life ? <PlanLife plan={life} /> : null}</div>
        <StillMissing id={id} missing={missing} />
        <div className="flex flex-wrap gap-2">
          <button type="button" className={PLAIN_BUTTON} disabled={execution.running} onClick={props.onClose}>
            {t("actionDialog.close")}
          </button>
          {offerAgain ? (
            <button type="button" className={PLAIN_BUTTON} disabled={execution.running} onClick={desk.again}>
              {t("actionDialog.life.again")}
            </button>
          ) : null}
          {plan === null || desk.barred || !desk.complete ? null : (
            <DeedButton desk={desk} describedBy={missing.length === 0 ? undefined : id} />
          )}
        </div>
      </div>
    </footer>
  );
}

function DeedButton(props: { desk: Desk; describedBy: string | undefined }) {
  const { desk } = props;
  const { action } = desk.draft;
  const t = useT();
  const sending = desk.execution.running;
  const word = desk.plan?.needsApproval ? "action.deed.ask" : `action.deed.${action}`;
  return (
    <button
      type="button"
      data-deed={action}
      aria-disabled={!desk.ready || sending}
      aria-describedby={props.describedBy}
      className={deedButton(GRAVE.has(action))}
      onClick={() => void desk.run()}
    >
      {sending ? t("actionDialog.sending") : t(word)}
    </button>
  );
}

function StillMissing(props: { id: string; missing: readonly Missing[] }) {
  const t = useT();
  if (props.missing.length === 0) return null;
  const words = props.missing.map((one) =>
    t(`actionDialog.missing.${one.kind}`, "count" in one ? { count: one.count } : {}),
  );
  return (
    <p id={props.id} className="text-xs text-ink-2">
      {t("actionDialog.missing.title")} {words.join(", ")}
    </p>
  );
}

function Lost(props: { state: "silent" | "not-begun" }) {
  const t = useT();
  return (
    <div
      role="alert"
      data-refusal="lost"
      className="hatched flex gap-2.5 rounded-md border border-dashed border-blind-line bg-blind-soft px-3 py-2 text-sm"
    >
      <StatusMark level="blind" size={16} className="mt-0.5" />
      <div>
        <p className="font-semibold">{t("actionDialog.refusal.lost")}</p>
        <p>{t("actionDialog.refusal.lostText")}</p>
        {props.state === "not-begun" ? <p className="font-medium">{t("actionDialog.refusal.notBegun")}</p> : null}
      </div>
    </div>
  );
}
