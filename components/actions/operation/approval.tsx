"use client";
import { useId, useState } from "react";
import { useApprove, useWithdraw } from "@/lib/client/actions";
import { useT } from "@/lib/client/i18n";
import type { OperationView } from "@/lib/domain/actions/operation";
import { useReader } from "../action-context";
import { deedButton, FIELD, PLAIN_BUTTON } from "../buttons";
import { GRAVE } from "../draft";
import { Refusal } from "../refusal";
import { mayAct } from "../role";

/**
 * What waits for a second pair of eyes: another operator approves or declines, who asked takes it back. Approving takes two steps, so that
 * no single key does it.
 */
export function Approval(props: { operation: OperationView }) {
  const { operation } = props;
  const t = useT();
  const id = useId();
  const reader = useReader();
  const approve = useApprove();
  const withdraw = useWithdraw();
  const [asking, setAsking] = useState<"approve" | "withdraw" | null>(null);
  const [reason, setReason] = useState("");
  if (operation.state !== "awaiting-approval" || reader === null) return null;
  if (!mayAct(reader.role, "operator")) return <p className="text-sm text-ink-2">{t("action.not.role")}</p>;
  const own = reader.name === operation.actor;
  const problem = approve.problem ?? withdraw.problem;
  const busy = approve.running || withdraw.running;
  return (
    <div data-approval={own ? "own" : "other"} className="flex flex-col gap-2">
      {own ? <p className="text-sm text-ink-2">{t("operation.ownApproval")}</p> : null}
      {asking === null ? (
        <div className="flex flex-wrap gap-2">
          {own ? null : (
            <button type="button" className={PLAIN_BUTTON} onClick={() => setAsking("approve")}>
              {t("operation.approve")}…
            </button>
          )}
          <button type="button" className={PLAIN_BUTTON} onClick={() => setAsking("withdraw")}>
            {t(own ? "operation.withdraw" : "operation.decline")}…
          </button>
        </div>
      ) : asking === "approve" ? (
        <div className="flex flex-wrap items-center gap-2">
          <button type="button" className={PLAIN_BUTTON} disabled={busy} onClick={() => setAsking(null)}>
            {t("operation.back")}
          </button>
          <button
            type="button"
            className={deedButton(GRAVE.has(operation.action))}
            aria-disabled={busy}
            onClick={() => {
              if (!busy) void approve.run({ id: operation.id });
            }}
          >
            {busy ? t("operation.approving") : t("operation.sure")}
          </button>
        </div>
      ) : (
        <div className="flex flex-wrap items-end gap-2">
          <div className="flex min-w-0 flex-1 flex-col gap-1">
            <label htmlFor={id} className="text-sm font-medium">
              {t(own ? "operation.withdrawReason" : "operation.declineReason")}
            </label>
            <input
              id={id}
              type="text"
              maxLength={2_000}
              autoComplete="off"
              value={reason}
              onChange={(event) => setReason(event.target.value)}
              className={FIELD}
            />
          </div>
          <button type="button" className={PLAIN_BUTTON} disabled={busy} onClick={() => setAsking(null)}>
            {t("operation.back")}
          </button>
          <button
            type="button"
            className={deedButton(false)}
            aria-disabled={busy || reason.trim() === ""}
            onClick={() => {
              if (!busy && reason.trim() !== "") void withdraw.run({ id: operation.id, reason: reason.trim() });
            }}
          >
            {t(own ? "operation.withdraw" : "operation.decline")}
          </button>
        </div>
      )}
      {problem === null ? null : (
        <Refusal title={t("actionDialog.refusal.title")} problem={problem} acting={problem.code !== "network"} />
      )}
    </div>
  );
}
