"use client";
import { clsx } from "clsx";
import Link from "next/link";
import { Moment, useZone } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import { operationPath } from "@/lib/client/paths";
import type { Operation } from "@/lib/domain/actions/operation";
import { messageText } from "@/lib/format/message";
import { headlineOf, sentenceOf } from "./describe";
import { Duration, gapText } from "./operation/facts";
import { WordMark } from "./operation/word-mark";
import { TEXT_OF_WORD, wordOf } from "./operation/words";

/** One operation of the past or of now: its word first, then what, who, why and when. */
export function OperationRow(props: { operation: Operation }) {
  const { operation: one } = props;
  const t = useT();
  const zone = useZone();
  const word = wordOf(one);
  const gap = gapText(t, one);
  return (
    <li
      data-operation={one.id}
      data-word={word}
      className="grid gap-x-4 gap-y-1 border-b border-line px-4 py-2.5 text-sm last:border-b-0 lg:grid-cols-[11rem_minmax(0,1.3fr)_minmax(0,1fr)_12rem_6rem_6rem]"
    >
      <p className={clsx("flex items-start gap-2 font-semibold", TEXT_OF_WORD[word])}>
        <WordMark word={word} size={16} className="mt-0.5" />
        {t(`operation.word.${word}`)}
      </p>
      <div className="min-w-0">
        <Link
          href={operationPath(one.scope, one.id)}
          prefetch={false}
          className="font-medium text-accent underline-offset-4 wrap-anywhere hover:underline"
        >
          {headlineOf(t, one.request)}
        </Link>
        <p className="text-xs text-ink-2 wrap-anywhere">
          {one.outcome === null ? sentenceOf(t, one.request, one.fence.leader, zone) : messageText(t, one.outcome.text)}
        </p>
      </div>
      <div className="min-w-0 wrap-anywhere">
        {one.actor}
        {one.approvedBy === null ? null : (
          <span className="text-xs text-ink-3">
            {" · "}
            {t("operation.approvedBy")} {one.approvedBy}
          </span>
        )}
        <p className="text-xs text-ink-2">{one.reason}</p>
      </div>
      <p className="text-ink-2">
        <Moment at={one.startedAt ?? one.createdAt} />
      </p>
      <p className="lg:text-right">
        <span className="text-xs text-ink-3 lg:hidden">{t("operationsPage.column.took")} </span>
        <Duration operation={one} />
      </p>
      <p className={clsx("lg:text-right", gap === null && "text-ink-3")}>
        <span className="text-xs text-ink-3 lg:hidden">{t("operationsPage.column.gap")} </span>
        {gap ?? t("operationsPage.noGap")}
      </p>
    </li>
  );
}
