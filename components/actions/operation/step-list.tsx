"use client";
import { clsx } from "clsx";
import type { ReactNode } from "react";
import { Lasting, Moment } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import type { Step } from "@/lib/domain/actions/operation";
import { formatSpan } from "@/lib/format/duration";
import { messageText } from "@/lib/format/message";

const TEXT: Readonly<Record<Step["state"], string>> = {
  waiting: "text-ink-3",
  running: "text-accent",
  done: "text-ink-2",
  failed: "text-crit",
  unknown: "text-blind",
  skipped: "text-ink-3",
};

/** Each thing that has to be so, ticked as it comes true; what is waited for stands below it. */
export function StepList(props: { steps: readonly Step[] }) {
  const t = useT();
  if (props.steps.length === 0) return <p className="text-sm text-ink-3">{t("operation.noSteps")}</p>;
  return (
    <ol className="flex flex-col">
      {props.steps.map((step) => (
        <li
          key={step.id}
          data-step={step.id}
          data-state={step.state}
          aria-current={step.state === "running" ? "step" : undefined}
          className="grid grid-cols-[1.25rem_1fr_auto] gap-x-2.5 border-b border-line py-1.5 text-sm last:border-b-0"
        >
          <StepMark state={step.state} />
          <div className="min-w-0">
            <p
              className={clsx(
                "wrap-anywhere",
                step.state === "waiting" || step.state === "skipped" ? "text-ink-3" : "text-ink",
                step.state === "running" && "font-semibold",
              )}
            >
              {messageText(t, step.text)}
              {step.state === "done" || step.state === "waiting" ? (
                <span className="sr-only"> ({t(`operation.stepState.${step.state}`)})</span>
              ) : (
                <span className={clsx("ml-2 text-xs font-medium", TEXT[step.state])}>
                  {t(`operation.stepState.${step.state}`)}
                </span>
              )}
            </p>
            {step.detail === null ? null : (
              <p className="text-xs text-ink-2 wrap-anywhere">{messageText(t, step.detail)}</p>
            )}
          </div>
          <div className="text-right text-xs text-ink-3">
            <StepTime step={step} />
          </div>
        </li>
      ))}
    </ol>
  );
}

function StepTime(props: { step: Step }) {
  const { startedAt, endedAt, state } = props.step;
  const t = useT();
  if (endedAt !== null) {
    return (
      <>
        <Moment at={endedAt} clockOnly className="figures" />
        {startedAt === null ? null : (
          <span className="block">{formatSpan(t, Date.parse(endedAt) - Date.parse(startedAt))}</span>
        )}
      </>
    );
  }
  return startedAt !== null && state === "running" ? <Lasting since={startedAt} className="figures" /> : null;
}

function StepMark(props: { state: Step["state"] }) {
  return (
    <svg
      aria-hidden="true"
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={clsx("mt-0.5", TEXT[props.state], props.state === "running" && "wait-pulse")}
    >
      {MARK[props.state]}
    </svg>
  );
}

const MARK: Readonly<Record<Step["state"], ReactNode>> = {
  waiting: <circle cx="8" cy="8" r="4.5" opacity="0.7" />,
  running: (
    <>
      <path d="M8 2a6 6 0 1 1-6 6" />
      <circle cx="8" cy="8" r="2" fill="currentColor" />
    </>
  ),
  done: <path d="M3 8.5 6.5 12 13 4.5" />,
  failed: <path d="m3.5 3.5 9 9m0-9-9 9" />,
  unknown: (
    <>
      <circle cx="8" cy="8" r="6" strokeDasharray="2.4 2.5" />
      <path d="M6.3 6.6c0-2.4 3.5-2.2 3.5 0 0 1.3-1.8 1.3-1.8 2.6M8 11.3v.1" />
    </>
  ),
  skipped: <path d="M4 8h8" />,
};
