"use client";
import type { ApiProblem } from "@/lib/client/api";
import { useT } from "@/lib/client/i18n";
import { StatusMark } from "./status-mark";

/**
 * A list cannot be read now. `words` is the section of the messages that says so (`failing`, `again`, and `oldList` where it is used);
 * `old`: what is listed was read before.
 */
export function ReadingFailed(props: {
  words: "historyPage" | "auditPage" | "operationsPage" | "alertsPage";
  problem: ApiProblem;
  old?: boolean;
  onRetry: () => void;
}) {
  const { problem, words } = props;
  const t = useT();
  return (
    <div
      role="alert"
      className="hatched flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-dashed border-blind-line bg-blind-soft px-4 py-3 text-sm"
    >
      <StatusMark level="blind" size={16} />
      <p className="min-w-0 flex-1 wrap-anywhere">
        <span className="font-semibold">
          {problem.kind === "unavailable" ? t(`${words}.failing`) : t(`problem.${problem.kind}`)}
        </span>{" "}
        {problem.detail}
        {props.old ? <> {t(`${words}.oldList`)}</> : null}
      </p>
      <button
        type="button"
        className="rounded-md border border-line-strong bg-surface px-3 py-1.5 text-sm text-ink hover:bg-raised"
        onClick={props.onRetry}
      >
        {t(`${words}.again`)}
      </button>
    </div>
  );
}
