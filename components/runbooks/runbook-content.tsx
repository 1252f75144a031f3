"use client";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { textOf } from "@/components/findings/texts";
import { LEVEL_OF_SEVERITY } from "@/components/status/level";
import { ReadingFailed } from "@/components/status/reading-failed";
import { StatusMark } from "@/components/status/status-mark";
import { Badge } from "@/components/ui/badge";
import { Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import { clusterPagePath, findingPath } from "@/lib/client/paths";
import { useRunbooks } from "@/lib/client/runs";
import type { RunbookPlaces } from "@/lib/domain/runbooks/places";
import type { Runbook } from "@/lib/domain/runbooks/runbook";
import type { Snapshot } from "@/lib/domain/snapshot";
import { BeginPanel } from "./begin-panel";
import { FillScope } from "./fill-scope";
import { FilledText } from "./filled-text";
import { type Inputs, presetsOf } from "./inputs";
import { offeredBy } from "./offers";
import { RunsPanel } from "./runs-panel";
import { StepContent } from "./step-content";
import { StepKind } from "./step-kind";
import { localText } from "./words";

export function RunbookContent(props: { snapshot: Snapshot; id: string }) {
  const { snapshot, id } = props;
  const t = useT();
  const { value, problem, reload } = useRunbooks(snapshot.scope);
  const runbook = value?.runbooks.find((one) => one.runbook.id === id)?.runbook ?? null;
  return (
    <div className="flex flex-col gap-3">
      <Link
        href={clusterPagePath(snapshot.scope, "runbooks")}
        prefetch={false}
        className="w-fit text-sm text-accent underline-offset-4 hover:underline print:hidden"
      >
        ← {t("runbooks.all")}
      </Link>
      {problem === null ? null : (
        <ReadingFailed words="runbooks" problem={problem} old={value !== null} onRetry={reload} />
      )}
      {runbook !== null && value !== null ? (
        <Whole key={id} snapshot={snapshot} runbook={runbook} places={value.places} />
      ) : problem === null || value !== null ? (
        <p
          role={value === null ? "status" : "alert"}
          className="rounded-lg border border-line bg-surface px-4 py-10 text-center text-sm text-ink-2"
        >
          {t(value === null ? "runbooks.reading" : "runbooks.gone")}
        </p>
      ) : null}
    </div>
  );
}

function Whole(props: { snapshot: Snapshot; runbook: Runbook; places: RunbookPlaces | null }) {
  const { snapshot, runbook, places } = props;
  const t = useT();
  const about = useSearchParams()?.get("about") ?? null;
  const [inputs, setInputs] = useState<Inputs>(() => presetsOf(runbook.inputs, snapshot, about));
  return (
    <FillScope picture={snapshot} places={places} runbook={runbook} inputs={inputs}>
      <article aria-labelledby="runbook" className="flex flex-col gap-4" data-runbook={runbook.id}>
        <Head snapshot={snapshot} runbook={runbook} />
        <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-12">
          <div className="min-w-0 xl:sticky xl:top-16 xl:order-2 xl:col-span-4">
            <BeginPanel snapshot={snapshot} runbook={runbook} inputs={inputs} onInputs={setInputs} />
          </div>
          <div className="min-w-0 xl:col-span-8">
            <Panel title={t("runbooks.steps", { count: runbook.steps.length })} flush>
              <ol className="divide-y divide-line border-t border-line">
                {runbook.steps.map((step, at) => (
                  <li key={step.id} className="flex gap-3 px-4 py-3.5" data-step={step.id}>
                    <span aria-hidden="true" className="figures w-6 shrink-0 text-right text-ink-3">
                      {at + 1}
                    </span>
                    <div className="flex min-w-0 flex-1 flex-col gap-1.5">
                      <h3 className="flex flex-wrap items-baseline gap-x-3 text-base font-semibold wrap-anywhere">
                        <span className="min-w-0">
                          <FilledText text={step.title} />
                        </span>
                        <StepKind kind={step.kind} />
                      </h3>
                      <StepContent runbook={runbook} step={step} />
                    </div>
                  </li>
                ))}
              </ol>
            </Panel>
          </div>
        </div>
        <RunsPanel scope={snapshot.scope} runbookId={runbook.id} />
      </article>
    </FillScope>
  );
}

function Head(props: { snapshot: Snapshot; runbook: Runbook }) {
  const { snapshot, runbook } = props;
  const t = useT();
  const found = offeredBy(runbook, snapshot.findings);
  return (
    <header className="flex flex-col gap-1">
      <p className="flex flex-wrap items-center gap-2">
        <Badge>{t(runbook.kind === "drill" ? "runbooks.drill" : "runbooks.one")}</Badge>
        <Badge>{t("runbooks.carriedByRole", { role: t(`user.role.${runbook.role}`) })}</Badge>
        {runbook.builtIn ? null : <Badge>{t("runbooks.own")}</Badge>}
      </p>
      <h2 id="runbook" className="text-verdict font-semibold tracking-[-0.02em] text-balance wrap-anywhere">
        {localText(t, runbook.title)}
      </h2>
      <p className="max-w-4xl text-base text-ink-2 wrap-anywhere">
        <FilledText text={runbook.when} />
      </p>
      {found.length === 0 ? null : (
        <ul aria-label={t("runbooks.offeredBy")} className="mt-1 flex flex-col gap-0.5 text-sm">
          {found.map((finding) => (
            <li key={finding.id} className="flex items-start gap-1.5">
              <StatusMark level={LEVEL_OF_SEVERITY[finding.severity]} size={14} className="mt-[3px]" />
              <span className="sr-only">{t(`severity.${finding.severity}`)}</span>
              <Link
                href={findingPath(snapshot.scope, finding.id)}
                prefetch={false}
                className="min-w-0 wrap-anywhere hover:text-accent hover:underline"
              >
                {textOf(t, finding)}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </header>
  );
}
