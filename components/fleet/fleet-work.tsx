"use client";
import { clsx } from "clsx";
import Link from "next/link";
import { headlineOf } from "@/components/actions/describe";
import { TEXT_OF_WORD, wordOf } from "@/components/actions/operation/words";
import { localText } from "@/components/runbooks/words";
import { TEXT_OF_RUN } from "@/components/runs/run-mark";
import { Lasting } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import { operationPath, runPath } from "@/lib/client/paths";
import { OPEN_STATES, type OperationView } from "@/lib/domain/actions/operation";
import type { RunShort } from "@/lib/domain/runbooks/run";
import type { Snapshot } from "@/lib/domain/snapshot";

// Above the link that covers the whole row.
const LINK = "relative z-10 font-medium text-ink underline-offset-4 hover:text-accent hover:underline";

/** What people do with a cluster now: open operations and open runs, a line each, with the way to them. */
export function FleetWork(props: { snapshot: Snapshot }) {
  const { scope, actions, runs } = props.snapshot;
  const t = useT();
  const operations = (actions?.operations ?? []).filter(({ state }) => OPEN_STATES.has(state));
  const open = runs?.runs ?? [];
  if (operations.length + open.length === 0) return null;
  return (
    <ul aria-label={t("fleet.work")} className="mt-1.5 flex flex-col gap-0.5 text-xs text-ink-2">
      {operations.map((operation) => (
        <OperationLine key={operation.id} operation={operation} />
      ))}
      {open.map((run) => (
        <RunLine key={run.id} scope={scope} run={run} />
      ))}
    </ul>
  );
}

function OperationLine(props: { operation: OperationView }) {
  const { operation } = props;
  const t = useT();
  const word = wordOf(operation);
  return (
    <li data-fleet-operation={operation.id} className="wrap-anywhere">
      <strong className={clsx("font-semibold", TEXT_OF_WORD[word])}>{t(`operation.word.${word}`)}</strong>{" "}
      <Link href={operationPath(operation.scope, operation.id)} prefetch={false} className={LINK}>
        {headlineOf(t, operation.request)}
      </Link>
      {" · "}
      {operation.actor}
    </li>
  );
}

function RunLine(props: { scope: string; run: RunShort }) {
  const { scope, run } = props;
  const t = useT();
  return (
    <li data-fleet-run={run.id} data-state={run.state} className="wrap-anywhere">
      <strong className={clsx("font-semibold", TEXT_OF_RUN[run.state])}>{t(`runbooks.state.${run.state}`)}</strong>{" "}
      <Link href={runPath(scope, run.id)} prefetch={false} className={LINK}>
        {localText(t, run.title)}
      </Link>
      {" · "}
      {t("runbooks.stepOf", run.step)}
      {" · "}
      {t("runbooks.carriedBy", { name: run.carrier })}
      {" · "}
      <Lasting since={run.startedAt} />
    </li>
  );
}
