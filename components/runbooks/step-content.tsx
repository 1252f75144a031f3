"use client";
import { headlineOf, sentenceOf } from "@/components/actions/describe";
import type { ActionDraft } from "@/components/actions/draft";
import { useZone } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import { requestDraft } from "@/lib/domain/runbooks/request-defaults";
import type { ActionTemplate, Runbook, RunbookStep } from "@/lib/domain/runbooks/runbook";
import { formatDuration } from "@/lib/format/duration";
import { CommandList } from "./command-list";
import { ConditionView } from "./condition-view";
import { useFillGround } from "./fill-scope";
import { FilledText } from "./filled-text";

/** Everything that a step says, filled for this cluster. `deciding`: its options stand there as buttons already. */
export function StepContent(props: { runbook: Runbook; step: RunbookStep; deciding?: boolean }) {
  const { runbook, step } = props;
  const t = useT();
  return (
    <div className="flex max-w-5xl flex-col gap-2.5 text-sm">
      {step.text === null ? null : (
        <p className="text-ink-2 wrap-anywhere">
          <FilledText text={step.text} />
        </p>
      )}
      {step.kind === "instruction" ? <CommandList commands={step.commands} /> : null}
      {step.kind === "check" || step.kind === "wait" ? <ConditionView condition={step.condition} /> : null}
      {step.kind === "check" ? <Holding runbook={runbook} until={step.holdsUntil} /> : null}
      {step.kind === "wait" ? (
        <p className="text-xs text-ink-2 wrap-anywhere">
          <span className="font-medium">{t("runbooks.past", { within: formatDuration(t, step.withinMs) })}</span>{" "}
          <FilledText text={step.past} />
        </p>
      ) : null}
      {step.kind === "action" ? <Deed request={step.request} /> : null}
      {step.kind === "decision" && !props.deciding ? (
        <ul className="flex flex-col gap-1">
          {step.options.map(({ id, label, next }) => (
            <li key={id} className="wrap-anywhere">
              <span className="font-medium">
                <FilledText text={label} />
              </span>{" "}
              <span className="text-ink-3">
                → <StepTitle runbook={runbook} id={next} />
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      {step.next === null ? null : (
        <p className="text-xs text-ink-3 wrap-anywhere">
          {t("runbooks.then")} <StepTitle runbook={runbook} id={step.next} />
        </p>
      )}
    </div>
  );
}

/** A step by its title; the end of the run by a word. */
export function StepTitle(props: { runbook: Runbook; id: string }) {
  const t = useT();
  const step = props.runbook.steps.find(({ id }) => id === props.id);
  return step ? <FilledText text={step.title} /> : t("runbooks.theEnd");
}

function Holding(props: { runbook: Runbook; until: string | null }) {
  const t = useT();
  return (
    <p className="text-xs text-ink-3 wrap-anywhere">
      {props.until === null ? (
        t("runbooks.holdsToEnd")
      ) : (
        <>
          {t("runbooks.holdsUntil")} <StepTitle runbook={props.runbook} id={props.until} />
        </>
      )}
    </p>
  );
}

function Deed(props: { request: ActionTemplate }) {
  const t = useT();
  const zone = useZone();
  const ground = useFillGround();
  // As in texts, what was not asked for yet stands by its name.
  const open = Object.fromEntries((ground?.asked ?? []).map(({ name }) => [name, `‹${name}›`]));
  const given = Object.entries(ground?.inputs ?? {}).filter(([, value]) => value !== "");
  const draft = draftOf(props.request, { ...open, ...Object.fromEntries(given) });
  return (
    <p className="wrap-anywhere">
      <span className="font-medium">{headlineOf(t, draft)}</span>{" "}
      <span className="text-ink-2">{sentenceOf(t, draft, ground?.picture.leader?.name ?? null, zone)}</span>
    </p>
  );
}

/** What the dialog of actions opens with. Templates are checked when they are loaded, and the server checks all of it again. */
export const draftOf = (request: ActionTemplate, inputs: Readonly<Record<string, string>>): ActionDraft =>
  requestDraft(request, inputs) as unknown as ActionDraft;
