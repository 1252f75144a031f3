"use client";
import Link from "next/link";
import { useId, useState } from "react";
import { FIELD } from "@/components/actions/buttons";
import { useFill } from "@/components/runbooks/fill-scope";
import { RunRefused } from "@/components/runbooks/run-refused";
import { localText } from "@/components/runbooks/words";
import { Moment } from "@/components/ui/age";
import { HinderedButton } from "@/components/ui/hindered-button";
import { Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import { operationPath } from "@/lib/client/paths";
import type { RunEntry } from "@/lib/domain/runbooks/run";
import { useRunDeed, useRunHere, useRunRights } from "./run-context";
import { runText } from "./run-text";

/** Everything that was done in the run, the newest first, and a place to write something down. */
export function RecordPanel() {
  const { entries } = useRunHere();
  const t = useT();
  return (
    <Panel title={t("runbooks.record")} aside={t("runbooks.entries", { count: entries.length })} flush>
      <NoteField />
      <ol className="divide-y divide-line border-t border-line text-sm" data-record={entries.length}>
        {entries.toReversed().map((entry) => (
          <Entry key={entry.seq} entry={entry} />
        ))}
      </ol>
    </Panel>
  );
}

const GRAVE: ReadonlySet<RunEntry["kind"]> = new Set(["contradicted", "unticked", "abandoned"]);

function Entry(props: { entry: RunEntry }) {
  const { entry } = props;
  const { run, runbook } = useRunHere();
  const t = useT();
  const fill = useFill();
  const step = runbook.steps.find(({ id }) => id === entry.stepId);
  const option =
    step?.kind === "decision" && entry.kind === "chosen" ? step.options.find(({ id }) => id === entry.note) : undefined;
  const note = option ? localText(t, option.label) : entry.note;
  return (
    <li className="px-4 py-2" data-entry={entry.kind}>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="figures text-xs text-ink-3">
          <Moment at={entry.at} clockOnly />
        </span>
        <span className="font-medium wrap-anywhere">{entry.by ?? t("runbooks.itself")}</span>
        <span className={GRAVE.has(entry.kind) ? "font-medium text-crit" : "text-ink-2"}>
          {t(`runs.said.${entry.kind}`)}
        </span>
      </p>
      {step ? <p className="text-xs text-ink-2 wrap-anywhere">{fill(step.title)}</p> : null}
      {note === null ? null : <p className="wrap-anywhere whitespace-pre-line">{note}</p>}
      {entry.text === null ? null : <p className="wrap-anywhere">{runText(t, entry.text, runbook, fill)}</p>}
      {entry.operationId === null ? null : (
        <Link
          href={operationPath(run.scope, entry.operationId)}
          prefetch={false}
          className="text-xs text-accent hover:underline"
        >
          {t("runbooks.showOperation")}
        </Link>
      )}
    </li>
  );
}

function NoteField() {
  const t = useT();
  const id = useId();
  const rights = useRunRights();
  const deed = useRunDeed();
  const [text, setText] = useState("");
  if (rights.note !== null) return null;
  const missing = text.trim() === "" ? t("runbooks.noteMissing") : null;
  const send = async () => {
    if (await deed.send({ kind: "note", text: text.trim() })) setText("");
  };
  return (
    <div className="flex flex-col gap-2 px-4 pb-3 print:hidden">
      <label htmlFor={id} className="text-xs font-medium text-ink-3">
        {t("runbooks.note")}
      </label>
      <textarea
        id={id}
        rows={2}
        maxLength={2_000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className={FIELD}
      />
      <RunRefused problem={deed.problem} />
      <HinderedButton hindrance={deed.running ? t("alertsPage.sending") : missing} onClick={() => void send()}>
        {t("runbooks.addNote")}
      </HinderedButton>
    </div>
  );
}
