"use client";
import { clsx } from "clsx";
import Link from "next/link";
import { useZone } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import { auditPath, incidentPath, operationPath } from "@/lib/client/paths";
import { OPEN_STATES, type Operation, type OperationView } from "@/lib/domain/actions/operation";
import { instant } from "@/lib/domain/ids";
import { messageText } from "@/lib/format/message";
import { useReader } from "../action-context";
import { sentenceOf } from "../describe";
import { mayAct } from "../role";
import { AnswerList } from "./answer-list";
import { Approval } from "./approval";
import { Duration, OperationFacts } from "./facts";
import { ProgressBar } from "./progress-bar";
import { Receipt } from "./receipt";
import { StepList } from "./step-list";
import { WordMark } from "./word-mark";
import { BOX_OF_WORD, wordOf } from "./words";

/** An operation as it goes on, and how it ended: the word first, then every step, then what it cost. */
export function OperationProgress(props: { operation: OperationView; recorded: Operation | null; ownPage?: boolean }) {
  const { operation: one, recorded } = props;
  const t = useT();
  const zone = useZone();
  const word = wordOf(one);
  const leader = recorded?.fence.leader ?? null;
  return (
    <div className="flex flex-col gap-4" data-operation={one.id} data-word={word}>
      <p className="text-base wrap-anywhere">{sentenceOf(t, one.request, leader, zone)}</p>
      <section className={clsx("rounded-md border px-4 py-3", BOX_OF_WORD[word])}>
        <div className="flex items-start gap-3">
          <WordMark word={word} size={26} className="mt-0.5" />
          <div className="min-w-0 flex-1" aria-live="polite">
            <p className="flex flex-wrap items-baseline justify-between gap-x-4">
              <strong className="text-lg font-semibold">{t(`operation.word.${word}`)}</strong>
              <span className="figures text-lg text-ink-2" aria-hidden="true">
                <Duration operation={one} />
              </span>
            </p>
            <p className="text-sm">{t(`operation.sentence.${word}`)}</p>
            {one.outcome === null ? null : (
              <div data-outcome={one.outcome.code} className="mt-1 text-sm font-medium">
                <p className="wrap-anywhere">{messageText(t, one.outcome.text)}</p>
                <ul className="list-disc pl-5 font-normal">
                  {one.outcome.reasons.map((reason) => (
                    <li key={`${reason.key} ${JSON.stringify(reason.params)}`} className="wrap-anywhere">
                      {messageText(t, reason)}
                    </li>
                  ))}
                </ul>
              </div>
            )}
          </div>
        </div>
      </section>
      <Approval operation={one} />
      {one.progress !== null && one.progress.total !== null && OPEN_STATES.has(one.state) ? (
        <ProgressBar done={one.progress.done} total={one.progress.total} label={t("operation.copied")} />
      ) : null}
      <div className="grid gap-x-8 gap-y-4 lg:grid-cols-2">
        <section aria-labelledby="steps" className="min-w-0">
          <h3 id="steps" className="mb-1 text-base font-semibold">
            {t("operation.steps")}
          </h3>
          <StepList steps={one.steps} />
        </section>
        <div className="flex min-w-0 flex-col gap-3">
          <OperationFacts operation={one} recorded={recorded} />
          {one.receipt === null ? null : <Receipt receipt={one.receipt} />}
          {one.resumed === 0 ? null : (
            <p className="text-sm text-warn">{t("operation.resumed", { count: one.resumed })}</p>
          )}
          <AnswerList answers={one.answers} />
          <Links operation={one} ownPage={props.ownPage === true} />
        </div>
      </div>
    </div>
  );
}

const AROUND_MS = 30_000;

function Links(props: { operation: OperationView; ownPage: boolean }) {
  const { scope, id, startedAt, endedAt } = props.operation;
  const t = useT();
  const admin = mayAct(useReader()?.role ?? "viewer", "admin");
  const link = "text-accent underline-offset-4 hover:underline";
  return (
    <p className="flex flex-wrap gap-x-4 text-sm">
      {props.ownPage ? null : (
        <Link href={operationPath(scope, id)} prefetch={false} className={link}>
          {t("operation.page")}
        </Link>
      )}
      {startedAt === null || endedAt === null ? null : (
        <Link
          href={incidentPath(
            scope,
            instant(Date.parse(startedAt) - AROUND_MS),
            instant(Date.parse(endedAt) + AROUND_MS),
          )}
          prefetch={false}
          className={link}
        >
          {t("operation.incident")}
        </Link>
      )}
      {admin ? (
        <Link href={auditPath(`operation=${encodeURIComponent(id)}`)} prefetch={false} className={link}>
          {t("operation.audit")}
        </Link>
      ) : null}
    </p>
  );
}
