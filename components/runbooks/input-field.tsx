"use client";
import { useId, useRef } from "react";
import { FIELD } from "@/components/actions/buttons";
import { type MomentHandle, MomentInput } from "@/components/history/moment-input";
import { useT } from "@/lib/client/i18n";
import { useLiveStore } from "@/lib/client/live-provider";
import type { RunbookInput } from "@/lib/domain/runbooks/runbook";
import type { Snapshot } from "@/lib/domain/snapshot";
import { choicesOf, momentInput } from "./inputs";
import { localText } from "./words";

const TEXT_MAX = 500;

/** What a run is asked for when it begins: a member to choose, a moment, or a word. */
export function InputField(props: {
  input: RunbookInput;
  picture: Snapshot;
  value: string;
  onValue: (value: string) => void;
}) {
  const { input, picture, value, onValue } = props;
  const t = useT();
  const id = useId();
  const label = localText(t, input.label);
  const choices = choicesOf(input.kind, picture);
  return (
    <div className="flex min-w-0 flex-col gap-1" data-input={input.name}>
      {input.kind === "moment" ? (
        // The field of a moment carries the same words by itself.
        <span aria-hidden="true" className="text-sm font-semibold wrap-anywhere">
          {label}
        </span>
      ) : (
        <label htmlFor={id} className="text-sm font-semibold wrap-anywhere">
          {label}
        </label>
      )}
      {choices !== null ? (
        <select
          id={id}
          value={choices.includes(value) ? value : ""}
          onChange={(event) => onValue(event.target.value)}
          className={`${FIELD} min-w-0`}
        >
          <option value="">{t(choices.length === 0 ? "runbooks.noChoice" : "runbooks.choose")}</option>
          {choices.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      ) : input.kind === "moment" ? (
        <MomentField label={label} value={value} onValue={onValue} />
      ) : (
        <input
          id={id}
          type="text"
          autoComplete="off"
          spellCheck={false}
          maxLength={TEXT_MAX}
          value={value}
          onChange={(event) => onValue(event.target.value)}
          className={FIELD}
        />
      )}
    </div>
  );
}

function MomentField(props: { label: string; value: string; onValue: (value: string) => void }) {
  const { clock } = useLiveStore();
  const field = useRef<MomentHandle>(null);
  const read = () => {
    const typed = field.current?.read();
    props.onValue(typed === null || typed === undefined ? "" : momentInput(typed));
  };
  return (
    <MomentInput
      ref={field}
      at={props.value === "" ? null : Date.parse(props.value)}
      near={clock.current()}
      label={props.label}
      onLeave={read}
    />
  );
}
