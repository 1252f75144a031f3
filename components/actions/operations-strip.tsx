"use client";
import { clsx } from "clsx";
import { X } from "lucide-react";
import Link from "next/link";
import { usePageStale } from "@/components/status/trust";
import { useT } from "@/lib/client/i18n";
import { OPEN_STATES, type OperationView } from "@/lib/domain/actions/operation";
import type { Snapshot } from "@/lib/domain/snapshot";
import { messageText } from "@/lib/format/message";
import { useActionDialog } from "./action-context";
import { PLAIN_BUTTON } from "./buttons";
import { headlineOf } from "./describe";
import { dismiss, useDismissed } from "./dismissed";
import { Approval } from "./operation/approval";
import { Duration } from "./operation/facts";
import { WordMark } from "./operation/word-mark";
import { BOX_OF_WORD, TEXT_OF_WORD, wordOf } from "./operation/words";

/**
 * What runs on this cluster, what waits, and what ended lately: on every page of the cluster, whoever began it. Of those that went well
 * the last is enough; whatever ended otherwise stays in sight.
 */
export function OperationsStrip(props: { snapshot: Snapshot }) {
  const t = useT();
  const dismissed = useDismissed();
  const { scope, actions } = props.snapshot;
  const here = (actions?.operations ?? []).filter((one) => OPEN_STATES.has(one.state) || !dismissed.has(one.id));
  const shown = here.filter((one, i) => one.state !== "done" || i === here.findIndex(({ state }) => state === "done"));
  if (shown.length === 0) return null;
  const more = here.length - shown.length;
  return (
    <section aria-label={t("operation.strip")}>
      <ul className="flex flex-col gap-2">
        {shown.map((operation) => (
          <StripRow key={operation.id} operation={operation} />
        ))}
      </ul>
      {more === 0 ? null : (
        <p className="mt-1.5 px-4 text-xs">
          <Link href={`/clusters/${encodeURIComponent(scope)}/operations`} className="text-accent hover:underline">
            {t("operation.moreDone", { count: more })}
          </Link>
        </p>
      )}
    </section>
  );
}

function StripRow(props: { operation: OperationView }) {
  const { operation } = props;
  const t = useT();
  const { follow } = useActionDialog();
  const stale = usePageStale();
  const word = wordOf(operation);
  const open = OPEN_STATES.has(operation.state);
  const current = operation.steps.find(({ state }) => state === "running");
  const text = operation.outcome?.text ?? current?.detail ?? current?.text ?? null;
  return (
    <li
      data-strip={operation.id}
      data-word={word}
      className={clsx(
        "flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border px-4 text-sm",
        open ? "py-2" : "py-0.5",
        BOX_OF_WORD[word],
        stale && "hatched",
      )}
    >
      <WordMark word={word} />
      <p className="min-w-0 flex-1 wrap-anywhere max-sm:basis-[calc(100%-3rem)]">
        <strong className={clsx("font-semibold", TEXT_OF_WORD[word])}>{t(`operation.word.${word}`)}</strong>
        {": "}
        <span className="font-medium">{headlineOf(t, operation.request)}</span>
        <span className="text-ink-2">
          {" · "}
          {operation.actor}: {operation.reason}
        </span>
        {text === null ? null : (
          <span className={clsx("text-ink-2", open && "block text-xs")}>
            {open ? null : " · "}
            {messageText(t, text)}
          </span>
        )}
      </p>
      {operation.state === "running" ? (
        <span aria-hidden="true" className="figures text-ink-2">
          <Duration operation={operation} />
        </span>
      ) : null}
      <button
        type="button"
        className={open ? PLAIN_BUTTON : "rounded-md px-2 py-1 text-accent hover:bg-raised"}
        onClick={() => follow(operation.scope, operation.id)}
      >
        {t("operation.show")}
      </button>
      {open ? null : (
        <button
          type="button"
          aria-label={t("operation.dismiss")}
          className="rounded-md p-1.5 text-ink-2 hover:bg-raised hover:text-ink"
          onClick={() => dismiss(operation.id)}
        >
          <X size={16} aria-hidden="true" />
        </button>
      )}
      {operation.state === "awaiting-approval" ? (
        <div className="basis-full">
          <Approval operation={operation} />
        </div>
      ) : null}
    </li>
  );
}
