"use client";
import { useT } from "@/lib/client/i18n";
import type { CandidateImpact } from "@/lib/domain/actions/plan";
import type { Snapshot } from "@/lib/domain/snapshot";
import type { ActionDraft } from "../draft";
import { CandidatePicker } from "./candidate-picker";
import { PauseOptions } from "./pause-options";
import { WhenField } from "./when-field";

type Props = {
  draft: ActionDraft;
  snapshot: Snapshot | null;
  receipts: readonly CandidateImpact[];
  /** False while something is still to be chosen. */
  complete: boolean;
  onDraft: (draft: ActionDraft, complete: boolean) => void;
};

/** Kinds that leave something to choose; the rest is settled by the button that opened the dialog. */
export function hasOptions(draft: ActionDraft): boolean {
  return ["switchover", "failover", "reinitialize", "restart", "pause"].includes(draft.action);
}

/** What is left to choose of an action. Each change asks for a new plan. */
export function Options(props: Props) {
  const { draft, onDraft, receipts, complete } = props;
  const t = useT();
  const members = props.snapshot?.members ?? [];
  switch (draft.action) {
    case "switchover":
      return (
        <div className="flex flex-col gap-3">
          <CandidatePicker
            members={members}
            receipts={receipts}
            chosen={draft.candidate}
            any
            made
            onChoose={(candidate) => onDraft({ ...draft, candidate }, complete)}
          />
          <WhenField
            at={draft.scheduledAt}
            onWhen={(at) => onDraft({ ...draft, scheduledAt: at ?? null }, at !== undefined)}
          />
        </div>
      );
    case "failover":
      return (
        <CandidatePicker
          members={members}
          receipts={receipts}
          chosen={draft.candidate}
          any={false}
          made={draft.candidate !== null}
          onChoose={(candidate) => onDraft({ action: "failover", candidate }, candidate !== null)}
        />
      );
    case "restart":
      return (
        <div className="flex flex-col gap-3">
          <Tick
            label={t("actionDialog.restart.onlyPending")}
            on={draft.onlyPending}
            set={(onlyPending) => onDraft({ ...draft, onlyPending }, complete)}
          />
          {draft.member === null ? null : (
            <WhenField
              at={draft.scheduledAt}
              onWhen={(at) => onDraft({ ...draft, scheduledAt: at ?? null }, at !== undefined)}
            />
          )}
        </div>
      );
    case "reinitialize":
      return (
        <Tick
          label={t("actionDialog.reinit.fromLeader")}
          hint={t("actionDialog.reinit.fromLeaderHint")}
          on={draft.fromLeader}
          set={(fromLeader) => onDraft({ ...draft, fromLeader }, complete)}
        />
      );
    case "pause":
      return <PauseOptions pause={draft} onPause={onDraft} />;
    default:
      return null;
  }
}

function Tick(props: { label: string; hint?: string; on: boolean; set: (on: boolean) => void }) {
  return (
    <label className="flex w-fit cursor-pointer items-start gap-2 text-sm">
      <input
        type="checkbox"
        checked={props.on}
        onChange={(event) => props.set(event.target.checked)}
        className="mt-0.5 size-4 accent-(--ink)"
      />
      <span>
        {props.label}
        {props.hint ? <span className="block text-xs text-ink-3">{props.hint}</span> : null}
      </span>
    </label>
  );
}
