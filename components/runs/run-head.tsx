"use client";
import { clsx } from "clsx";
import { Download } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { useReader } from "@/components/actions/action-context";
import { PLAIN_BUTTON } from "@/components/actions/buttons";
import { FilledText } from "@/components/runbooks/filled-text";
import { localText } from "@/components/runbooks/words";
import { Lasting, Moment } from "@/components/ui/age";
import { Badge } from "@/components/ui/badge";
import { useT } from "@/lib/client/i18n";
import { runbookPath } from "@/lib/client/paths";
import { runExportApi } from "@/lib/client/runs";
import { formatDuration, formatSpan } from "@/lib/format/duration";
import { useRunHere } from "./run-context";
import { RunDeeds } from "./run-deeds";
import { RunMark, TEXT_OF_RUN } from "./run-mark";
import { Elapsed } from "./run-times";

/** Which run this is, how it stands, for how long, and what is done to it as a whole. */
export function RunHead() {
  const { run, runbook } = useRunHere();
  const t = useT();
  const reader = useReader();
  return (
    <header className="flex flex-col gap-2">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-sm">
            <RunMark state={run.state} />
            <strong className={clsx("font-semibold", TEXT_OF_RUN[run.state])}>
              {t(`runbooks.state.${run.state}`)}
            </strong>
            <span className="figures font-semibold" data-elapsed="">
              <Elapsed run={run} />
            </span>
            {runbook.kind === "drill" ? <Badge>{t("runbooks.drill")}</Badge> : null}
          </p>
          <h2 id="run" className="text-verdict font-semibold tracking-[-0.02em] text-balance wrap-anywhere">
            <Link
              href={runbookPath(run.scope, run.runbookId)}
              prefetch={false}
              className="underline-offset-4 hover:underline"
            >
              {localText(t, runbook.title)}
            </Link>
          </h2>
        </div>
        <div className="flex flex-wrap items-start gap-2 print:hidden">
          <RunDeeds />
          <a href={runExportApi(run.id, t.locale)} download className={PLAIN_BUTTON}>
            <Download size={15} aria-hidden="true" />
            {t("runbooks.export")}
          </a>
        </div>
      </div>
      <Facts />
      {reader?.role === "viewer" ? <p className="text-sm text-ink-2">{t("runbooks.readingAlong")}</p> : null}
    </header>
  );
}

function Facts() {
  const { run, runbook, entries, measured, proof } = useRunHere();
  const t = useT();
  const open = run.endedAt === null;
  const abandoned = entries.findLast(({ kind }) => kind === "abandoned");
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
      <Fact label={t("runbooks.fact.carrier")}>
        <strong className="font-semibold">{run.carrier}</strong>
      </Fact>
      <Fact label={t("runbooks.fact.begun")}>
        {run.startedBy}, <Moment at={run.startedAt} />
      </Fact>
      {run.endedAt === null ? null : (
        <Fact label={t("runbooks.fact.ended")}>
          <Moment at={run.endedAt} />
        </Fact>
      )}
      {abandoned === undefined ? null : (
        <Fact label={t("runbooks.fact.abandoned", { by: abandoned.by ?? "" })}>
          <span className="whitespace-pre-line">{abandoned.note}</span>
        </Fact>
      )}
      {run.pausedAt === null ? null : (
        <Fact label={t("runbooks.fact.pausedSince")}>
          <Lasting since={run.pausedAt} />
        </Fact>
      )}
      {run.pausedMs === 0 ? null : <Fact label={t("runbooks.fact.paused")}>{formatDuration(t, run.pausedMs)}</Fact>}
      {runbook.inputs.map(({ name, label }) => (
        <Fact key={name} label={localText(t, label)}>
          {run.inputs[name] ?? "–"}
        </Fact>
      ))}
      {open && run.expectedLeader !== null ? (
        <Fact label={t("runbooks.fact.expected")}>{run.expectedLeader}</Fact>
      ) : null}
      {run.override === null ? null : (
        <Fact label={t("runbooks.fact.override", { by: run.override.by })}>{run.override.reason}</Fact>
      )}
      {measured === null ? null : (
        <Fact label={t("runbooks.fact.measured")}>
          {measured.gapMs === null ? t("runbooks.noGap") : t("runbooks.gap", { gap: formatSpan(t, measured.gapMs) })}
        </Fact>
      )}
      {proof === null ? null : <Fact label={t("runbooks.fact.proof")}>{t(`runbooks.proves.${proof}`)}</Fact>}
      <Fact label={t("runbooks.fact.when")} wide>
        <FilledText text={runbook.when} />
      </Fact>
    </dl>
  );
}

function Fact(props: { label: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={clsx("flex min-w-0 flex-wrap gap-x-1.5", props.wide && "basis-full max-sm:hidden")}>
      <dt className="text-ink-3">{props.label}</dt>
      <dd className="min-w-0 wrap-anywhere">{props.children}</dd>
    </div>
  );
}
