"use client";
import Link from "next/link";
import { useMemo } from "react";
import { FillScope } from "@/components/runbooks/fill-scope";
import { ReadingFailed } from "@/components/status/reading-failed";
import { useT } from "@/lib/client/i18n";
import { useOperation } from "@/lib/client/operations";
import { clusterPagePath } from "@/lib/client/paths";
import { useRun } from "@/lib/client/runs";
import type { RunAnswer } from "@/lib/contract/runs";
import type { Snapshot } from "@/lib/domain/snapshot";
import { ContradictionBanner } from "./contradiction-banner";
import { CurrentStep } from "./current-step";
import { PeoplePanel } from "./people-panel";
import { RecordPanel } from "./record-panel";
import { RunAnnouncer } from "./run-announcer";
import { RunContext, type RunHere } from "./run-context";
import { RunHead } from "./run-head";
import { StepList } from "./step-list";

export function RunContent(props: { snapshot: Snapshot; id: string }) {
  const { snapshot, id } = props;
  const t = useT();
  const { value, problem, reload } = useRun(snapshot.scope, id);
  // A run's address carries its cluster; one of another cluster would stand below the wrong name.
  const foreign = value !== null && value.run.scope !== snapshot.scope;
  const gone = foreign || (value === null && problem?.kind === "not-found");
  return (
    <div className="flex flex-col gap-3">
      <Link
        href={clusterPagePath(snapshot.scope, "runbooks")}
        prefetch={false}
        className="w-fit text-sm text-accent underline-offset-4 hover:underline print:hidden"
      >
        ← {t("runbooks.all")}
      </Link>
      {problem === null || gone ? null : (
        <ReadingFailed words="runbooks" problem={problem} old={value !== null} onRetry={reload} />
      )}
      {gone ? (
        <p role="alert" className={NOTICE}>
          {t("runbooks.runGone")}
        </p>
      ) : value !== null ? (
        <Shown key={value.run.id} snapshot={snapshot} answer={value} />
      ) : problem === null ? (
        <p role="status" className={NOTICE}>
          {t("runbooks.reading")}
        </p>
      ) : null}
    </div>
  );
}

const NOTICE = "rounded-lg border border-line bg-surface px-4 py-10 text-center text-sm text-ink-2";

function Shown(props: { snapshot: Snapshot; answer: RunAnswer }) {
  const { snapshot, answer } = props;
  const { run, runbook, places } = answer;
  const current = run.steps.find(({ state }) => state === "current") ?? null;
  const { operation: own } = useOperation(run.scope, current?.operationId ?? null);
  const here = useMemo<RunHere>(() => ({ ...answer, own }), [answer, own]);
  return (
    <RunContext value={here}>
      <FillScope picture={snapshot} places={places} runbook={runbook} inputs={run.inputs}>
        <article
          aria-labelledby="run"
          className="flex flex-col gap-4"
          data-run={run.id}
          data-run-state={run.state}
          data-run-step={current?.stepId ?? ""}
          data-run-version={run.version}
          data-carrier={run.carrier}
        >
          <RunAnnouncer />
          <RunHead />
          <ContradictionBanner />
          <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-12">
            <div className="flex min-w-0 flex-col gap-4 xl:col-span-8">
              <CurrentStep />
              <StepList />
            </div>
            <div className="flex min-w-0 flex-col gap-4 xl:col-span-4">
              <PeoplePanel />
              <RecordPanel />
            </div>
          </div>
        </article>
      </FillScope>
    </RunContext>
  );
}
