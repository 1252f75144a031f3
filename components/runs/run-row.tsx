"use client";
import { clsx } from "clsx";
import Link from "next/link";
import { localText } from "@/components/runbooks/words";
import { Moment } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import { runPath } from "@/lib/client/paths";
import type { RunsAnswer } from "@/lib/contract/runs";
import { formatSpan } from "@/lib/format/duration";
import { RunMark, TEXT_OF_RUN } from "./run-mark";
import { Elapsed } from "./run-times";

export const RUN_COLUMNS = ["state", "runbook", "who", "when", "took", "gap"] as const;
export const RUN_GRID =
  "gap-x-4 gap-y-1 px-4 lg:grid-cols-[10rem_minmax(0,1.3fr)_minmax(0,1fr)_12rem_6rem_minmax(0,8rem)]";

/** One run of the past or of now: its word first, then what, who and when, and what it measured. */
export function RunRow(props: { one: RunsAnswer["runs"][number] }) {
  const { run, title, measured, proof } = props.one;
  const t = useT();
  const others = run.joined.filter((name) => name !== run.carrier);
  const gapMs = measured?.gapMs ?? null;
  return (
    <li
      data-run={run.id}
      data-state={run.state}
      className={clsx("grid border-b border-line py-2.5 text-sm last:border-b-0", RUN_GRID)}
    >
      <p className={clsx("flex items-start gap-2 font-semibold", TEXT_OF_RUN[run.state])}>
        <RunMark state={run.state} size={16} className="mt-0.5" />
        {t(`runbooks.state.${run.state}`)}
      </p>
      <p className="min-w-0 wrap-anywhere">
        <Link
          href={runPath(run.scope, run.id)}
          prefetch={false}
          className="font-medium text-accent underline-offset-4 hover:underline"
        >
          {localText(t, title)}
        </Link>
        {Object.keys(run.inputs).length === 0 ? null : (
          <span className="block text-xs text-ink-2">{Object.values(run.inputs).join(", ")}</span>
        )}
      </p>
      <p className="min-w-0 wrap-anywhere">
        {run.carrier}
        {others.length === 0 ? null : (
          <span className="block text-xs text-ink-2">{t("runbooks.withOthers", { names: others.join(", ") })}</span>
        )}
      </p>
      <p className="text-ink-2">
        <Moment at={run.startedAt} />
      </p>
      <p className="lg:text-right">
        <span className="text-xs text-ink-3 lg:hidden">{t("runbooks.column.took")} </span>
        <Elapsed run={run} />
      </p>
      <p className="min-w-0 wrap-anywhere lg:text-right">
        {gapMs === null ? (
          <span className="text-ink-3 max-lg:hidden">–</span>
        ) : (
          t("runbooks.gap", { gap: formatSpan(t, gapMs) })
        )}
        {proof === null ? null : <span className="block text-xs text-ink-2">{t(`runbooks.proves.${proof}`)}</span>}
      </p>
    </li>
  );
}
