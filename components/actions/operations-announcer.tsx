"use client";
import { useT } from "@/lib/client/i18n";
import type { Snapshot } from "@/lib/domain/snapshot";
import { messageText } from "@/lib/format/message";
import { headlineOf } from "./describe";
import { wordOf } from "./operation/words";

/**
 * Reads out what becomes of operations. It stands there before there is something to say: a region that appears with its text is not read.
 */
export function OperationsAnnouncer(props: { snapshot: Snapshot }) {
  const t = useT();
  const operations = props.snapshot.actions?.operations ?? [];
  return (
    <div aria-live="polite" className="sr-only">
      {operations.map((one) => {
        const step = one.steps.find(({ state }) => state === "running");
        const detail = one.outcome?.text ?? step?.text ?? null;
        return (
          <p key={one.id}>
            {t("operation.announce", {
              what: headlineOf(t, one.request),
              word: t(`operation.word.${wordOf(one)}`),
              detail: detail === null ? "" : messageText(t, detail),
            })}
          </p>
        );
      })}
    </div>
  );
}
