"use client";
import { Moment } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import type { CallAnswer } from "@/lib/domain/actions/operation";
import { formatSpan } from "@/lib/format/duration";

/** What the called systems answered, in their own words. */
export function AnswerList(props: { answers: readonly CallAnswer[] }) {
  const { answers } = props;
  const t = useT();
  if (answers.length === 0) return null;
  return (
    <details className="text-sm">
      <summary className="cursor-pointer text-ink-2 hover:text-ink">
        {t("operation.answers", { count: answers.length })}
      </summary>
      <p className="mt-1 text-xs text-ink-3">{t("operation.answersHint")}</p>
      <ul className="mt-1 flex flex-col gap-2">
        {answers.map((answer) => (
          <li
            key={`${answer.call} ${answer.sentAt}`}
            data-answer={answer.kind}
            className="rounded-md bg-raised px-3 py-2"
          >
            <p className="flex flex-wrap gap-x-3 text-xs text-ink-2">
              <span className="figures font-medium text-ink wrap-anywhere">{answer.call}</span>
              <span>
                <Moment at={answer.sentAt} clockOnly className="figures" />{" "}
                {t("operation.answerTook", { took: formatSpan(t, answer.tookMs) })}
              </span>
              <span>
                {t(`operation.answer.${answer.kind}`)}
                {answer.status === null ? null : <span className="figures"> {answer.status}</span>}
              </span>
            </p>
            {answer.text === "" ? null : (
              <pre className="figures text-xs whitespace-pre-wrap wrap-anywhere">{answer.text}</pre>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
