"use client";
import { type ReactNode, useId } from "react";
import { FIELD } from "@/components/actions/buttons";
import { Refusal } from "@/components/actions/refusal";
import { Drawer } from "@/components/ui/drawer";
import { HinderedButton } from "@/components/ui/hindered-button";
import type { ActProblem } from "@/lib/client/act";
import { useT } from "@/lib/client/i18n";

/** A sheet to fill in: what it is about, its fields, and one button, which says what is still missing. */
export function DeedDrawer(props: {
  title: string;
  about: ReactNode;
  deed: string;
  /** What is still missing; null: it may be sent. */
  missing: string | null;
  running: boolean;
  problem: ActProblem | null;
  onSend: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const t = useT();
  return (
    <Drawer title={props.title} closeLabel={t("alertsPage.close")} onClose={props.onClose}>
      <div className="flex flex-col gap-4">
        <div className="flex flex-col gap-1 text-sm text-ink-2">{props.about}</div>
        {props.children}
        {props.problem === null ? null : <Refusal title={t("alertsPage.notDone")} problem={props.problem} acting />}
        <HinderedButton
          look="strong"
          hindrance={props.running ? t("alertsPage.sending") : props.missing}
          onClick={props.onSend}
        >
          {props.deed}
        </HinderedButton>
      </div>
    </Drawer>
  );
}

/** Words that the record keeps with the reader's name. */
export function WordsField(props: { label: string; hint: string; value: string; onChange: (value: string) => void }) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-sm font-semibold">
        {props.label}
      </label>
      <textarea
        id={id}
        rows={3}
        maxLength={1_000}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        aria-describedby={`${id}-hint`}
        className={FIELD}
      />
      <p id={`${id}-hint`} className="text-xs text-ink-3">
        {props.hint}
      </p>
    </div>
  );
}
