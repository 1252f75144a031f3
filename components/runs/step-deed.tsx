"use client";
import { useActionDialog, useReader } from "@/components/actions/action-context";
import { headlineOf } from "@/components/actions/describe";
import { useHindranceOn } from "@/components/actions/use-hindrance";
import { useFill } from "@/components/runbooks/fill-scope";
import { FilledText } from "@/components/runbooks/filled-text";
import { RunRefused } from "@/components/runbooks/run-refused";
import { draftOf, StepTitle } from "@/components/runbooks/step-content";
import { HinderedButton } from "@/components/ui/hindered-button";
import { useT } from "@/lib/client/i18n";
import type { StepStanding } from "@/lib/domain/runbooks/run";
import type { RunbookStep } from "@/lib/domain/runbooks/runbook";
import { OperationLine } from "./operation-line";
import { useRunDeed, useRunHere, useRunRights } from "./run-context";
import { DeadlineLeft } from "./run-times";
import { useBinding } from "./use-binding";

type Of<K extends RunbookStep["kind"]> = Extract<RunbookStep, { readonly kind: K }>;

/** What takes the run past its present step: a tick, a choice, an action, or only time. */
export function StepDeed(props: { step: RunbookStep; standing: StepStanding }) {
  const { step, standing } = props;
  const t = useT();
  switch (step.kind) {
    case "instruction":
    case "note":
      return <Tick step={step} />;
    case "check":
      return <p className="basis-full text-sm text-ink-2">{t("runbooks.ticksItself")}</p>;
    case "wait":
      return <Waiting step={step} standing={standing} />;
    case "decision":
      return <Choose step={step} />;
    case "action":
      return <Act step={step} standing={standing} />;
  }
}

function Tick(props: { step: RunbookStep }) {
  const t = useT();
  const rights = useRunRights();
  const deed = useRunDeed();
  return (
    <>
      <HinderedButton
        look="strong"
        hindrance={deed.running ? t("alertsPage.sending") : rights.step}
        onClick={() => void deed.send({ kind: "tick", stepId: props.step.id, note: null })}
      >
        {t(props.step.kind === "note" ? "runbooks.read" : "runbooks.tick")}
      </HinderedButton>
      <Problem deed={deed} />
    </>
  );
}

function Waiting(props: { step: Of<"wait">; standing: StepStanding }) {
  const { run } = useRunHere();
  const t = useT();
  const { deadlineAt, pastDeadline } = props.standing;
  return (
    <div className="flex basis-full flex-col gap-2 text-sm" data-past-deadline={pastDeadline}>
      <p className="text-ink-2">
        {t("runbooks.ticksItself")}{" "}
        {deadlineAt === null ? null : <DeadlineLeft deadlineAt={deadlineAt} pausedAt={run.pausedAt} />}
      </p>
      {pastDeadline ? (
        <p role="alert" className="rounded-md border border-warn-line bg-warn-soft px-3 py-2 font-medium wrap-anywhere">
          <FilledText text={props.step.past} />
        </p>
      ) : null}
    </div>
  );
}

function Choose(props: { step: Of<"decision"> }) {
  const { step } = props;
  const { runbook } = useRunHere();
  const t = useT();
  const fill = useFill();
  const rights = useRunRights();
  const deed = useRunDeed();
  return (
    <>
      <ul className="flex basis-full flex-col gap-2" aria-label={t("runbooks.choices")}>
        {step.options.map(({ id, label, next }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1" data-option={id}>
            <HinderedButton
              hindrance={deed.running ? t("alertsPage.sending") : rights.step}
              label={fill(label)}
              onClick={() => void deed.send({ kind: "choose", stepId: step.id, option: id })}
            >
              <span className="whitespace-normal">
                <FilledText text={label} />
              </span>
            </HinderedButton>
            <span className="min-w-0 text-xs text-ink-3 wrap-anywhere">
              → <StepTitle runbook={runbook} id={next} />
            </span>
          </li>
        ))}
      </ul>
      <Problem deed={deed} />
    </>
  );
}

function Act(props: { step: Of<"action">; standing: StepStanding }) {
  const { step, standing } = props;
  const { run } = useRunHere();
  const t = useT();
  const rights = useRunRights();
  const { open } = useActionDialog();
  const hindranceOf = useHindranceOn(run.scope, useReader());
  const bind = useBinding(run);
  if (standing.operationId !== null) {
    return (
      <div className="basis-full">
        <OperationLine scope={run.scope} operationId={standing.operationId} />
      </div>
    );
  }
  const draft = draftOf(step.request, run.inputs);
  return (
    <HinderedButton
      look="strong"
      hindrance={rights.step ?? hindranceOf(draft)}
      onClick={() => open(run.scope, draft, bind(step.id))}
    >
      {t("runbooks.act", { what: headlineOf(t, draft) })}
    </HinderedButton>
  );
}

function Problem(props: { deed: ReturnType<typeof useRunDeed> }) {
  return props.deed.problem === null ? null : (
    <div className="order-last basis-full">
      <RunRefused problem={props.deed.problem} />
    </div>
  );
}
