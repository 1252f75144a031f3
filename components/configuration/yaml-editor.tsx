"use client";
import { clsx } from "clsx";
import { useId, useRef } from "react";
import type { YamlProblem } from "@/lib/client/configuration-yaml";
import { useT } from "@/lib/client/i18n";
import { messageText } from "@/lib/format/message";

const ROWS_MIN = 12;
const ROWS_MAX = 40;

/** The configuration as text, with line numbers; below it what is wrong, by line. */
export function YamlEditor(props: {
  text: string;
  problems: readonly YamlProblem[];
  readOnly: boolean;
  onType: (text: string) => void;
}) {
  const { text, problems } = props;
  const t = useT();
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const numbers = useRef<HTMLDivElement>(null);
  const lines = text.split("\n").length;
  const wrong = new Set(problems.map(({ line }) => line));
  const goTo = (line: number) => {
    const element = area.current;
    if (!element) return;
    const from =
      text
        .split("\n")
        .slice(0, line - 1)
        .join("\n").length + (line > 1 ? 1 : 0);
    const end = text.indexOf("\n", from);
    element.focus();
    element.setSelectionRange(from, end === -1 ? text.length : end);
  };
  return (
    <div className="flex flex-col gap-2">
      <p className="text-xs text-ink-3">{t("configurationPage.yaml.hint")}</p>
      <div className="figures flex overflow-hidden rounded-md border border-line-strong bg-surface text-xs leading-5 focus-within:outline-2 focus-within:outline-accent">
        <div
          ref={numbers}
          aria-hidden="true"
          className="min-w-11 shrink-0 overflow-hidden border-r border-line bg-raised py-2 text-right text-ink-3 select-none"
        >
          {Array.from({ length: lines }, (_, at) => (
            <div
              // biome-ignore lint/suspicious/noArrayIndexKey: the number of a line is what it is
              key={at}
              className={clsx("px-2", wrong.has(at + 1) && "bg-crit-soft font-semibold text-crit")}
            >
              {at + 1}
            </div>
          ))}
        </div>
        <textarea
          ref={area}
          aria-label={t("configurationPage.yaml.label")}
          aria-invalid={problems.length > 0}
          aria-describedby={problems.length > 0 ? id : undefined}
          value={text}
          readOnly={props.readOnly}
          onChange={(event) => props.onType(event.target.value)}
          onScroll={(event) => {
            if (numbers.current) numbers.current.scrollTop = event.currentTarget.scrollTop;
          }}
          rows={Math.min(ROWS_MAX, Math.max(ROWS_MIN, lines + 1))}
          wrap="off"
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          className="min-w-0 flex-1 resize-none overflow-auto bg-transparent px-3 py-2 whitespace-pre outline-none"
        />
      </div>
      <ul id={id} aria-live="polite" className="flex flex-col gap-1 text-sm text-crit empty:hidden">
        {problems.map(({ line, text: what }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two lines may lack the same thing
          <li key={`${line} ${at}`} data-yaml-problem={line ?? ""}>
            {line === null ? null : (
              <button type="button" onClick={() => goTo(line)} className="font-semibold underline underline-offset-4">
                {t("configurationPage.yaml.line", { line })}
              </button>
            )}{" "}
            {messageText(t, what)}
          </li>
        ))}
      </ul>
    </div>
  );
}
