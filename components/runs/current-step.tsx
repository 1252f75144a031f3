"use client";
import { clsx } from "clsx";
import { useState } from "react";
import { useFill } from "@/components/runbooks/fill-scope";
import { FilledText } from "@/components/runbooks/filled-text";
import { StepContent } from "@/components/runbooks/step-content";
import { StepKind } from "@/components/runbooks/step-kind";
import { HinderedButton } from "@/components/ui/hindered-button";
import { useT } from "@/lib/client/i18n";
import { useRunHere, useRunRights } from "./run-context";
import { Elapsed } from "./run-times";
import { StepDeed } from "./step-deed";
import { StepMark } from "./step-mark";
import { WordsDrawer } from "./words-drawer";

/** The step that the run is at, large: what to do now, and how it goes on. Nothing once the run has ended. */
export function CurrentStep() {
  const { run, runbook, own } = useRunHere();
  const t = useT();
  const fill = useFill();
  const rights = useRunRights();
  const [skipping, setSkipping] = useState(false);
  const at = runbook.steps.findIndex(({ id }) => run.steps.some((one) => one.stepId === id && one.state === "current"));
  const step = runbook.steps[at];
  const standing = run.steps.find(({ stepId }) => stepId === step?.id);
  if (step === undefined || standing === undefined || run.endedAt !== null) return null;
  const skippable = step.kind !== "decision";
  const underWay = own?.state === "running" ? t("runbooks.skip.underWay") : null;
  return (
    <section
      aria-labelledby="now"
      data-current={step.id}
      className={clsx(
        "flex flex-col gap-3 rounded-lg border-2 bg-surface px-4 py-4 sm:px-5",
        // What nothing can be done at now does not call for it.
        run.state === "running" ? "border-accent" : "border-line-strong",
      )}
    >
      <div>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-2">
          <span className="flex items-center gap-2 font-semibold text-accent">
            <StepMark word="current" />
            {t("runbooks.now")}
          </span>
          <span>{t("runbooks.stepOf", { number: at + 1, of: runbook.steps.length })}</span>
          <StepKind kind={step.kind} />
          {standing.startedAt === null ? null : (
            <span className="figures">
              <Elapsed run={{ startedAt: standing.startedAt, endedAt: null }} />
            </span>
          )}
        </p>
        <h3 id="now" className="mt-1 text-xl font-semibold tracking-[-0.01em] text-balance wrap-anywhere">
          <FilledText text={step.title} />
        </h3>
      </div>
      <StepContent runbook={runbook} step={step} deciding={step.kind === "decision"} />
      <div className="flex flex-wrap items-start gap-2 print:hidden">
        <StepDeed key={step.id} step={step} standing={standing} />
        {skippable ? (
          <HinderedButton hindrance={rights.step ?? underWay} onClick={() => setSkipping(true)}>
            {t("runbooks.skip.open")}
          </HinderedButton>
        ) : null}
      </div>
      {rights.step === null ? null : <p className="text-sm text-ink-2 wrap-anywhere">{rights.step}</p>}
      {skipping ? (
        <WordsDrawer
          title={t("runbooks.skip.title")}
          about={`${fill(step.title)}. ${t("runbooks.skip.about")}`}
          label={t("alertsPage.reason")}
          deed={t("runbooks.skip.deed")}
          command={(reason) => ({ kind: "skip", stepId: step.id, reason })}
          onClose={() => setSkipping(false)}
        />
      ) : null}
    </section>
  );
}
