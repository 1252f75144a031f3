import { clsx } from "clsx";
import type { ReactNode } from "react";
import type { RunState } from "@/lib/domain/runbooks/run";

/** Classes are literal, since Tailwind only sees what is spelled out. */
export const TEXT_OF_RUN: Readonly<Record<RunState, string>> = {
  running: "text-accent",
  paused: "text-ink-2",
  stopped: "text-crit",
  done: "text-ink",
  abandoned: "text-ink-2",
};

export const BOX_OF_RUN: Readonly<Record<RunState, string>> = {
  running: "border-accent/50 bg-accent-soft",
  paused: "border-line-strong bg-raised",
  stopped: "border-crit-line bg-crit-soft shadow-[inset_4px_0_0_var(--crit)]",
  done: "border-line-strong bg-surface",
  abandoned: "border-line-strong bg-surface",
};

/** Shape and colour of a run's state; always stands beside its word, so it is hidden from screen readers. */
export function RunMark(props: { state: RunState; size?: number; className?: string }) {
  const { state, size = 18 } = props;
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      data-run-mark={state}
      className={clsx("shrink-0", TEXT_OF_RUN[state], props.className)}
    >
      {SHAPES[state]}
    </svg>
  );
}

const line = {
  fill: "none",
  stroke: "currentColor",
  strokeWidth: 1.6,
  strokeLinecap: "round",
  strokeLinejoin: "round",
} as const;
const glyph = { ...line, stroke: "var(--surface)", strokeWidth: 1.8 } as const;

const SHAPES: Readonly<Record<RunState, ReactNode>> = {
  running: (
    <g {...line}>
      <circle cx="8" cy="8" r="6.3" />
      <path d="M6.4 5.2 10.8 8l-4.4 2.8Z" fill="currentColor" />
    </g>
  ),
  paused: (
    <g {...line}>
      <circle cx="8" cy="8" r="6.3" />
      <path d="M6.2 5.4v5.2M9.8 5.4v5.2" strokeWidth={2} />
    </g>
  ),
  stopped: (
    <g>
      <path d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5Z" fill="currentColor" />
      <path d="M8 4v4.6M8 11.7v.1" {...glyph} strokeWidth={2.2} />
    </g>
  ),
  done: (
    <g>
      <circle cx="8" cy="8" r="7.2" fill="currentColor" />
      <path d="M4.7 8.2 7 10.5l4.4-4.8" {...glyph} />
    </g>
  ),
  abandoned: (
    <g {...line}>
      <circle cx="8" cy="8" r="6.3" strokeDasharray="2.4 2.5" />
      <path d="m5.6 5.6 4.8 4.8m0-4.8-4.8 4.8" />
    </g>
  ),
};
