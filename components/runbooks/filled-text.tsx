"use client";
import type { ReactNode } from "react";
import { useT } from "@/lib/client/i18n";
import { type FilledPart, fill } from "@/lib/domain/runbooks/placeholders";
import type { LocalText, RunbookInput } from "@/lib/domain/runbooks/runbook";
import { messageText } from "@/lib/format/message";
import { useFillGround } from "./fill-scope";
import { localText } from "./words";

/** A text of a runbook with the facts of this cluster in it. What could not be filled is marked, never left out. */
export function FilledText(props: { text: LocalText }) {
  const t = useT();
  return <FilledLine line={localText(t, props.text)} as="text" />;
}

/** As {@link FilledText}, of one language, or of a command for a shell. */
export function FilledLine(props: { line: string; as: "text" | "command" }): ReactNode {
  const { line, as } = props;
  const ground = useFillGround();
  if (ground === null) return line;
  const { parts } = fill(line, ground, as);
  let at = 0;
  return parts.map((part) => {
    at += 1;
    return <Part key={at} part={part} />;
  });
}

function Part(props: { part: FilledPart }) {
  const { part } = props;
  const t = useT();
  const ground = useFillGround();
  if (part.kind !== "unknown") return part.text;
  const input = ground === null ? null : openInput(part.name, ground.asked, ground.inputs);
  return input === null ? (
    <span
      data-unfilled={part.name}
      className="rounded-sm border border-dashed border-blind-line bg-blind-soft px-1 font-medium text-blind"
    >
      {messageText(t, part.text)}
    </span>
  ) : (
    <span
      data-open-input={input.name}
      className="rounded-sm bg-raised px-1 text-ink-2"
      title={localText(t, input.label)}
    >
      ‹{part.name}›
    </span>
  );
}

/** The input that a placeholder waits for; null: it waits for none. */
function openInput(
  placeholder: string,
  asked: readonly RunbookInput[],
  inputs: Readonly<Record<string, string>>,
): RunbookInput | null {
  const head = placeholder.split(".")[0];
  return asked.find(({ name }) => name === head && (inputs[name] ?? "") === "") ?? null;
}
