"use client";
import { useFill } from "@/components/runbooks/fill-scope";
import { useT } from "@/lib/client/i18n";
import { useRunHere } from "./run-context";
import { runText } from "./run-text";

/** Reads out where the run stands. It is there before there is something to say: a region that appears with its text is not read. */
export function RunAnnouncer() {
  const { run, runbook } = useRunHere();
  const t = useT();
  const fill = useFill();
  const at = runbook.steps.find(({ id }) => run.steps.some((one) => one.stepId === id && one.state === "current"));
  const words = [
    t(`runbooks.state.${run.state}`),
    run.contradiction === null ? null : runText(t, run.contradiction.text, runbook, fill),
    at ? fill(at.title) : null,
  ];
  return (
    <p aria-live="polite" className="sr-only">
      {words.filter((one) => one !== null).join(". ")}
    </p>
  );
}
