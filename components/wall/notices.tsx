"use client";
import { clsx } from "clsx";
import { headlineOf } from "@/components/actions/describe";
import { Duration } from "@/components/actions/operation/facts";
import { TEXT_OF_WORD, wordOf } from "@/components/actions/operation/words";
import { PauseBadge } from "@/components/actions/pause-badge";
import { MaintenanceBadge } from "@/components/alerts/maintenance-badge";
import { useMaintenance } from "@/components/alerts/use-maintenance";
import { Lasting } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import { OPEN_STATES, type OperationView } from "@/lib/domain/actions/operation";
import type { RunShort } from "@/lib/domain/runbooks/run";
import type { Snapshot } from "@/lib/domain/snapshot";

/** What people do with the cluster now: operations, runs, a pause and maintenance, each with how long it has lasted or lasts yet. */
export function Notices(props: { snapshot: Snapshot }) {
  const { paused, actions, attention, runs } = props.snapshot;
  const maintenance = useMaintenance(attention);
  const operations = (actions?.operations ?? []).filter(({ state }) => OPEN_STATES.has(state));
  const open = runs?.runs ?? [];
  if (operations.length + open.length === 0 && paused !== true && maintenance === null) return null;
  return (
    <ul className="wall-notices">
      {operations.map((operation) => (
        <OperationNotice key={operation.id} operation={operation} />
      ))}
      {open.map((run) => (
        <RunNotice key={run.id} run={run} />
      ))}
      {paused === true ? (
        <li data-notice="pause">
          <PauseBadge paused={paused} note={actions?.pause ?? null} />
        </li>
      ) : null}
      {maintenance === null ? null : (
        <li data-notice="maintenance">
          <MaintenanceBadge attention={attention} />
        </li>
      )}
    </ul>
  );
}

function OperationNotice(props: { operation: OperationView }) {
  const { operation } = props;
  const t = useT();
  const word = wordOf(operation);
  return (
    <li data-notice="operation" data-word={word} className="wall-notice">
      <strong className={TEXT_OF_WORD[word]}>{t(`operation.word.${word}`)}</strong>{" "}
      {operation.state === "running" ? (
        <>
          <Duration operation={operation} />
          {" · "}
        </>
      ) : null}
      {headlineOf(t, operation.request)}
    </li>
  );
}

const TEXT_OF_RUN = {
  running: "text-accent",
  paused: "text-ink-2",
  stopped: "text-crit",
  done: "text-ink-2",
  abandoned: "text-ink-2",
} as const;

function RunNotice(props: { run: RunShort }) {
  const { run } = props;
  const t = useT();
  return (
    <li
      data-notice="run"
      data-state={run.state}
      className={clsx("wall-notice", run.state === "stopped" && "text-crit")}
    >
      <strong className={TEXT_OF_RUN[run.state]}>{t(`wall.run.${run.state}`)}</strong> <Lasting since={run.startedAt} />
      {" · "}
      {run.title[t.locale]}
      {" · "}
      {t("wall.step", { number: run.step.number, of: run.step.of })}
      {" · "}
      {run.carrier}
    </li>
  );
}
