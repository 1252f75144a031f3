"use client";
import { clsx } from "clsx";
import { RotateCcw } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { useT } from "@/lib/client/i18n";
import { sameValue } from "@/lib/domain/configuration/path";
import { hides } from "@/lib/domain/configuration/revert";
import { effectOf, type Knowledge, knowledgeOf, problemOf } from "@/lib/domain/configuration/settings";
import { messageText } from "@/lib/format/message";
import { Told } from "./differences";

export const INPUT =
  "h-8 min-w-0 rounded-md border border-line-strong bg-surface px-2 text-sm text-ink aria-invalid:border-crit read-only:bg-raised disabled:bg-raised disabled:text-ink-3";

/** One setting: its name, what it means, its value with unit and range, and how a change of it comes into force. */
export function Field(props: {
  path: string;
  value: unknown;
  base: unknown;
  readOnly: boolean;
  onSet: (value: unknown) => void;
}) {
  const { path, value, base } = props;
  const t = useT();
  const id = useId();
  const knowledge = knowledgeOf(path);
  const changed = !sameValue(value, base);
  const problem = value === null ? null : problemOf(path, value);
  const about = `configurationPage.about.${path.replaceAll(".", "_")}`;
  const hints = hintsOf(t, knowledge);
  return (
    <div
      data-setting={path}
      data-changed={changed}
      className={clsx("flex flex-col gap-1 border-t border-line px-4 py-2.5", changed && "bg-accent-soft")}
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <label htmlFor={id} className="figures min-w-64 flex-1 text-sm font-medium wrap-anywhere">
          {path}
        </label>
        <Value {...props} id={id} knowledge={knowledge} invalid={problem !== null} />
        {changed ? (
          <button
            type="button"
            onClick={() => props.onSet(base)}
            className="inline-flex items-center gap-1 rounded-md px-1.5 py-1 text-xs text-accent hover:bg-raised"
          >
            <RotateCcw size={12} aria-hidden="true" />
            {t("configurationPage.form.reset")}
            <span className="sr-only"> {path}</span>
          </button>
        ) : null}
      </div>
      <div id={`${id}-about`} className="text-xs">
        {t.has(about) ? <p className="text-ink-2">{t(about)}</p> : null}
        <p className="text-ink-3">{[...hints, t(`configurationPage.effect.${effectOf(path)}`)].join(" · ")}</p>
      </div>
      {changed ? (
        <p className="figures text-xs text-ink-2">
          {t("configurationPage.before")} <Told value={base} />
        </p>
      ) : null}
      {problem ? <p className="text-xs font-medium text-crit">{messageText(t, problem)}</p> : null}
    </div>
  );
}

function hintsOf(t: ReturnType<typeof useT>, knowledge: Knowledge | null): string[] {
  if (!knowledge) return [t("configurationPage.form.notKnown")];
  const { min, max, unit, standard } = knowledge;
  const range =
    min !== null && max !== null
      ? t("configurationPage.form.range", { min, max })
      : min !== null
        ? t("configurationPage.form.atLeast", { min })
        : max !== null
          ? t("configurationPage.form.atMost", { max })
          : null;
  return [
    ...(range === null ? [] : [unit === null ? range : `${range} ${t(`configurationPage.unit.${unit}`)}`]),
    ...(standard === null ? [] : [t("configurationPage.form.standard", { value: String(standard) })]),
  ];
}

type ValueProps = Parameters<typeof Field>[0] & { id: string; knowledge: Knowledge | null; invalid: boolean };

/** The control for a value: a choice where there are few words for it, else what is typed. What was hidden cannot be edited. */
function Value(props: ValueProps) {
  const { id, knowledge, value, readOnly, onSet } = props;
  const t = useT();
  const unit = knowledge?.unit ?? null;
  const words = knowledge?.words ?? null;
  if (hides(value)) return <Badge tone="blind">{t("configurationPage.form.hidden")}</Badge>;
  if (words) {
    const told = wordOf(value, words);
    return (
      <Unit unit={null}>
        <select
          id={id}
          aria-describedby={`${id}-about`}
          aria-invalid={props.invalid}
          value={told}
          disabled={readOnly}
          onChange={({ target }) => onSet(target.value === "" ? null : valueOfWord(target.value))}
          className={clsx(INPUT, "w-44")}
        >
          <option value="">{t("configurationPage.notSet")}</option>
          {[...new Set([...words, ...(told === "" ? [] : [told])])].map((word) => (
            <option key={word} value={word}>
              {word}
            </option>
          ))}
        </select>
      </Unit>
    );
  }
  return (
    <Unit unit={unit === null ? null : t(`configurationPage.unit.${unit}`)}>
      <Typed {...props} />
    </Unit>
  );
}

const Unit = (props: { unit: string | null; children: ReactNode }) => (
  <span className="flex items-center gap-2">
    {props.children}
    <span className="w-10 text-xs text-ink-3">{props.unit}</span>
  </span>
);

/** What is typed is taken over as it is, a number as a number; an empty field is a setting that is not set. */
export function Typed(props: Pick<ValueProps, "id" | "value" | "readOnly" | "invalid" | "onSet"> & { wide?: boolean }) {
  const t = useT();
  const told = textOfValue(props.value);
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <input
      id={props.id}
      aria-describedby={`${props.id}-about`}
      aria-invalid={props.invalid}
      value={typed ?? told}
      readOnly={props.readOnly}
      placeholder={t("configurationPage.notSet")}
      spellCheck={false}
      autoComplete="off"
      onChange={({ target }) => {
        setTyped(target.value);
        props.onSet(valueOfText(target.value));
      }}
      onBlur={() => setTyped(null)}
      className={clsx(INPUT, "figures placeholder:text-ink-3", props.wide ? "w-full" : "w-44")}
    />
  );
}

const textOfValue = (value: unknown): string =>
  value === null || value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);

/** Patroni keeps its switches as booleans; where there is a third word beside on and off, they are shown by these. */
const wordOf = (value: unknown, words: readonly string[]): string =>
  value === null ? "" : typeof value === "boolean" && words.includes("on") ? (value ? "on" : "off") : String(value);

const SWITCH: Readonly<Record<string, boolean>> = { true: true, false: false, on: true, off: false };
const valueOfWord = (word: string): unknown => SWITCH[word] ?? word;

/** A whole number becomes a number; everything else stays the text that it is. */
export function valueOfText(text: string): unknown {
  const clean = text.trim();
  if (clean === "") return null;
  if (clean === "true" || clean === "false") return clean === "true";
  return /^-?(0|[1-9]\d{0,14})$/.test(clean) ? Number(clean) : clean;
}
