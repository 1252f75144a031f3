"use client";
import { X } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { useT } from "@/lib/client/i18n";
import { ClusterBand } from "./cluster-band";
import type { ActionDraft } from "./draft";
import { FollowedOperation } from "./followed-operation";
import { PlanView } from "./plan-view";

/**
 * The one place where something is done to a cluster: which cluster, what, what speaks against it, what it costs, and then a scope and a
 * reason to type. Once begun, it shows how it goes. Escape closes while nothing is being sent; an operation under way goes on without it.
 */
export function ActionDialog(props: {
  scope: string;
  draft: ActionDraft | null;
  operationId: string | null;
  onBegun: (operationId: string) => void;
  onClose: () => void;
}) {
  const { scope, draft, onClose } = props;
  const t = useT();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  const [operationId, setOperationId] = useState(props.operationId);
  const [sending, setSending] = useState(false);
  useEffect(() => {
    const element = dialog.current;
    if (!element || element.open) return;
    element.showModal();
    // Not the first control, as the browser would have it: a key that is still held down must not fire anything.
    heading.current?.focus();
    return () => element.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      data-action-dialog={operationId === null ? "plan" : "operation"}
      onCancel={(event) => {
        if (sending) event.preventDefault();
      }}
      onClose={() => {
        // React closes and opens it again when it runs effects twice; the event of the first comes late.
        if (!dialog.current?.open) onClose();
      }}
      className="m-auto h-dvh max-h-none w-screen max-w-none overflow-hidden border-line-strong bg-surface p-0 text-ink shadow-float sm:h-fit sm:max-h-[94dvh] sm:w-[min(72rem,96vw)] sm:rounded-lg sm:border"
    >
      <div className="flex h-dvh flex-col sm:h-auto sm:max-h-[94dvh]">
        <ClusterBand scope={scope}>
          <button
            type="button"
            onClick={() => dialog.current?.close()}
            disabled={sending}
            aria-label={t("actionDialog.close")}
            className="rounded-md p-2 hover:bg-current/15 disabled:opacity-40"
          >
            <X size={20} aria-hidden="true" />
          </button>
        </ClusterBand>
        {operationId === null && draft !== null ? (
          <PlanView
            scope={scope}
            draft={draft}
            headingId={id}
            headingRef={heading}
            onSending={setSending}
            onBegun={(begun) => {
              setOperationId(begun);
              props.onBegun(begun);
            }}
            onClose={() => dialog.current?.close()}
          />
        ) : (
          <FollowedOperation
            scope={scope}
            operationId={operationId}
            headingId={id}
            headingRef={heading}
            onClose={() => dialog.current?.close()}
          />
        )}
      </div>
    </dialog>
  );
}
