"use client";
import { useT } from "@/lib/client/i18n";
import { fill } from "@/lib/domain/runbooks/placeholders";
import type { RunbookCommand } from "@/lib/domain/runbooks/runbook";
import { CopyButton } from "./copy-button";
import { useFillGround } from "./fill-scope";
import { FilledLine, FilledText } from "./filled-text";

/** Commands with this cluster's names in them, each with where it is run. One that has a hole in it is not to be copied. */
export function CommandList(props: { commands: readonly RunbookCommand[] }) {
  if (props.commands.length === 0) return null;
  return (
    <ul className="flex flex-col gap-2">
      {props.commands.map((command) => (
        <li key={`${command.on?.en ?? ""} ${command.line}`}>
          <Command command={command} />
        </li>
      ))}
    </ul>
  );
}

function Command(props: { command: RunbookCommand }) {
  const { on, line } = props.command;
  const t = useT();
  const ground = useFillGround();
  const filled = ground === null ? null : fill(line, ground, "command");
  const whole = filled !== null && filled.unknown.length === 0;
  const text = (filled?.parts ?? []).map((part) => (part.kind === "unknown" ? "" : part.text)).join("");
  return (
    <div className="rounded-md border border-line bg-raised" data-command={whole ? "whole" : "unfilled"}>
      <div className="flex min-h-8 items-center justify-between gap-3 border-b border-line px-3 py-1">
        <p className="min-w-0 text-xs text-ink-2 wrap-anywhere">
          {on === null ? t("runbooks.shell") : <FilledText text={on} />}
        </p>
        {whole ? (
          <CopyButton text={text} label={text} />
        ) : (
          <p className="text-right text-xs font-medium text-blind">{t("runbooks.notWhole")}</p>
        )}
      </div>
      <pre className="figures px-3 py-2 text-xs whitespace-pre-wrap wrap-anywhere">
        <FilledLine line={line} as="command" />
      </pre>
    </div>
  );
}
