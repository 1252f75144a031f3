"use client";
import { clsx } from "clsx";
import { useFillGround, useJudge } from "@/components/runbooks/fill-scope";
import { FilledText } from "@/components/runbooks/filled-text";
import { JudgedMark } from "@/components/runbooks/judged-mark";
import { StepContent } from "@/components/runbooks/step-content";
import { StepKind } from "@/components/runbooks/step-kind";
import { localText } from "@/components/runbooks/words";
import { Lasting, Moment } from "@/components/ui/age";
import { Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import { OPEN_RUN_STATES, type StepStanding } from "@/lib/domain/runbooks/run";
import type { RunbookStep } from "@/lib/domain/runbooks/runbook";
import { OperationLine } from "./operation-line";
import { useRunHere } from "./run-context";
import { StepMark, TEXT_OF_STEP } from "./step-mark";
import { stepWord } from "./step-word";

/** Every step in its order, with how it stands; each opens to all that it says. */
export function StepList() {
  const { run, runbook } = useRunHere();
  const t = useT();
  return (
    <Panel title={t("runbooks.steps", { count: runbook.steps.length })} flush>
      <ol className="divide-y divide-line border-t border-line">
        {runbook.steps.map((step, at) => {
          const standing = run.steps.find(({ stepId }) => stepId === step.id);
          return standing ? <Row key={step.id} step={step} standing={standing} number={at + 1} /> : null;
        })}
      </ol>
    </Panel>
  );
}

function Row(props: { step: RunbookStep; standing: StepStanding; number: number }) {
  const { step, standing, number } = props;
  const here = useRunHere();
  const { run, runbook } = here;
  const t = useT();
  const judge = useJudge();
  const ground = useFillGround();
  const judged = (step.kind === "check" || step.kind === "wait") && ground !== null ? judge(step.condition) : null;
  const word = stepWord(step, standing, here, judged);
  const ahead = OPEN_RUN_STATES.has(run.state) && judged !== null && (word === "open" || word === "current");
  return (
    <li
      data-step={step.id}
      data-step-state={word}
      className={clsx(word === "current" && "bg-accent-soft", word === "untrue" && "bg-crit-soft")}
    >
      <details className="group">
        <summary className="flex cursor-pointer list-none items-start gap-3 px-4 py-2.5 text-sm hover:bg-raised">
          <StepMark word={word} className="mt-px" />
          <span className="figures w-5 shrink-0 text-right text-ink-3" aria-hidden="true">
            {number}
          </span>
          <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-3 gap-y-0.5">
            <span
              className={clsx(
                "min-w-0 wrap-anywhere",
                word === "passed-by" ? "text-ink-3" : "font-medium text-ink",
                word === "skipped" && "line-through decoration-ink-3",
              )}
            >
              <FilledText text={step.title} />
            </span>
            <span className={clsx("text-xs font-medium whitespace-nowrap", TEXT_OF_STEP[word])}>
              {t(`runs.step.${word}`)}
            </span>
            {ahead && judged !== null ? <JudgedMark judged={judged} className="text-xs" /> : null}
            <StepKind kind={step.kind} />
            <Course step={step} standing={standing} />
          </span>
        </summary>
        <div className="flex flex-col gap-2 pt-1 pr-4 pb-4 pl-[4.25rem] max-sm:pl-4">
          <StepContent runbook={runbook} step={step} />
          {standing.operationId === null ? null : (
            <OperationLine scope={run.scope} operationId={standing.operationId} />
          )}
        </div>
      </details>
    </li>
  );
}

/** By whom and when it was left, what was chosen, and since when it is not true. */
function Course(props: { step: RunbookStep; standing: StepStanding }) {
  const { step, standing } = props;
  const t = useT();
  const chosen = step.kind === "decision" ? step.options.find(({ id }) => id === standing.chosen) : undefined;
  return (
    <span className="flex flex-wrap gap-x-2 text-xs text-ink-2">
      {chosen ? <span className="font-medium">{localText(t, chosen.label)}</span> : null}
      {standing.endedAt === null ? null : (
        <span>
          <Moment at={standing.endedAt} clockOnly /> {standing.by ?? t("runbooks.itself")}
        </span>
      )}
      {standing.untrueSince === null ? null : (
        <span className="font-medium text-crit">
          <Lasting since={standing.untrueSince} />
        </span>
      )}
      {standing.pastDeadline ? <span className="text-warn">{t("runbooks.wasLate")}</span> : null}
    </span>
  );
}
