"use client";
import { type RefObject, useEffect } from "react";
import { useT } from "@/lib/client/i18n";
import { useOperation } from "@/lib/client/operations";
import { OPEN_STATES } from "@/lib/domain/actions/operation";
import { PLAIN_BUTTON } from "./buttons";
import { headlineOf } from "./describe";
import { OperationProgress } from "./operation/progress";

/** The dialog's second half: how an operation goes on. Closing it stops nothing. */
export function FollowedOperation(props: {
  scope: string;
  operationId: string | null;
  headingId: string;
  headingRef: RefObject<HTMLHeadingElement | null>;
  onClose: () => void;
}) {
  const t = useT();
  const { operation, recorded, problem } = useOperation(props.scope, props.operationId, { whole: true });
  const { headingRef } = props;
  // The button that was pressed is gone; without this the focus would fall out of the dialog.
  useEffect(() => headingRef.current?.focus(), [headingRef]);
  return (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-4 sm:px-6">
        <h2
          id={props.headingId}
          ref={headingRef}
          tabIndex={-1}
          className="mb-1 text-lg font-semibold outline-none wrap-anywhere"
        >
          {operation === null ? t("operation.title") : headlineOf(t, operation.request)}
        </h2>
        {operation !== null ? (
          <OperationProgress operation={operation} recorded={recorded} />
        ) : problem === null ? (
          <p role="status" className="text-sm text-ink-2">
            {t("operation.reading")}
          </p>
        ) : (
          <p role="alert" className="text-sm text-warn">
            {problem.kind === "not-found" ? t("operation.gone") : t(`problem.${problem.kind}`)} {problem.detail}
          </p>
        )}
      </div>
      <footer className="flex shrink-0 flex-wrap items-center justify-end gap-3 border-t border-line-strong px-4 py-3 sm:px-6">
        {operation !== null && OPEN_STATES.has(operation.state) ? (
          <p className="min-w-40 flex-1 text-xs text-ink-2">{t("operation.keepsRunning")}</p>
        ) : null}
        <button type="button" className={PLAIN_BUTTON} onClick={props.onClose}>
          {t("actionDialog.close")}
        </button>
      </footer>
    </>
  );
}
