"use client";
import { clsx } from "clsx";
import { useActionDialog } from "@/components/actions/action-context";
import { PLAIN_BUTTON } from "@/components/actions/buttons";
import { headlineOf } from "@/components/actions/describe";
import { Duration } from "@/components/actions/operation/facts";
import { WordMark } from "@/components/actions/operation/word-mark";
import { BOX_OF_WORD, TEXT_OF_WORD, wordOf } from "@/components/actions/operation/words";
import { useT } from "@/lib/client/i18n";
import { useOperation } from "@/lib/client/operations";
import { messageText } from "@/lib/format/message";

/** The operation of an action step, as it stands now, with the way to follow it. */
export function OperationLine(props: { scope: string; operationId: string }) {
  const { scope, operationId } = props;
  const t = useT();
  const { follow } = useActionDialog();
  const { operation, problem } = useOperation(scope, operationId, { whole: true });
  if (operation === null) {
    return (
      <p className={clsx("text-sm", problem === null ? "text-ink-2" : "text-blind")}>
        {t(problem === null ? "operation.reading" : "operation.gone")}
      </p>
    );
  }
  const word = wordOf(operation);
  const current = operation.steps.find(({ state }) => state === "running");
  const text = operation.outcome?.text ?? current?.detail ?? current?.text ?? null;
  return (
    <div
      data-operation={operation.id}
      data-word={word}
      className={clsx(
        "flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md border px-3 py-2 text-sm",
        BOX_OF_WORD[word],
      )}
    >
      <WordMark word={word} />
      <p className="min-w-0 flex-1 wrap-anywhere">
        <strong className={clsx("font-semibold", TEXT_OF_WORD[word])}>{t(`operation.word.${word}`)}</strong>
        {": "}
        <span className="font-medium">{headlineOf(t, operation.request)}</span>
        {text === null ? null : <span className="block text-xs text-ink-2">{messageText(t, text)}</span>}
      </p>
      <span aria-hidden="true" className="figures text-ink-2">
        <Duration operation={operation} />
      </span>
      <button type="button" className={PLAIN_BUTTON} onClick={() => follow(scope, operation.id)}>
        {t("operation.show")}
      </button>
    </div>
  );
}
