"use client";
import { CircleCheck, Hourglass, type LucideIcon, Split, StickyNote, Terminal, Zap } from "lucide-react";
import { useT } from "@/lib/client/i18n";
import type { RunbookStep } from "@/lib/domain/runbooks/runbook";

const ICONS: Readonly<Record<RunbookStep["kind"], LucideIcon>> = {
  instruction: Terminal,
  check: CircleCheck,
  action: Zap,
  wait: Hourglass,
  decision: Split,
  note: StickyNote,
};

/** What kind of step it is: done by hand, ticking by itself, an action, … */
export function StepKind(props: { kind: RunbookStep["kind"] }) {
  const t = useT();
  const Icon = ICONS[props.kind];
  return (
    <span className="inline-flex items-center gap-1 text-xs whitespace-nowrap text-ink-3">
      <Icon size={13} aria-hidden="true" />
      <span className="self-baseline">{t(`runbooks.kind.${props.kind}`)}</span>
    </span>
  );
}
