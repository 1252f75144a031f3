import { clsx } from "clsx";
import type { ReactNode } from "react";
import type { StepWord } from "./step-word";

/** Classes are literal, since Tailwind only sees what is spelled out. */
export const TEXT_OF_STEP: Readonly<Record<StepWord, string>> = {
  open: "text-ink-3",
  current: "text-accent",
  ticked: "text-ink",
  skipped: "text-ink-2",
  "passed-by": "text-ink-3",
  untrue: "text-crit",
  "given-up": "text-ink-2",
};

/** How a step stands, as a shape; always beside its word, so it is hidden from screen readers. */
export function StepMark(props: { word: StepWord; size?: number; className?: string }) {
  const { word, size = 18 } = props;
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      data-step-mark={word}
      className={clsx("shrink-0", TEXT_OF_STEP[word], props.className)}
    >
      {SHAPES[word]}
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

const SHAPES: Readonly<Record<StepWord, ReactNode>> = {
  open: <rect x="1.8" y="1.8" width="12.4" height="12.4" rx="2.5" {...line} />,
  current: (
    <g>
      <path d="M.8 2.6h8.4L15.2 8l-6 5.4H.8Z" fill="currentColor" />
      <path d="M3.8 8h5.4M7.2 5.8 9.5 8l-2.3 2.2" {...glyph} strokeWidth={1.5} />
    </g>
  ),
  ticked: (
    <g>
      <rect x="1" y="1" width="14" height="14" rx="3" fill="currentColor" />
      <path d="M4.5 8.3 7 10.7l4.6-5" {...glyph} strokeWidth={2} />
    </g>
  ),
  skipped: (
    <g {...line}>
      <path d="M2.4 4.2 6.4 8l-4 3.8M8 4.2 12 8l-4 3.8M14 4v8" />
    </g>
  ),
  "passed-by": <path d="M1.6 8h2.2M6.9 8h2.2M12.2 8h2.2" {...line} strokeWidth={2} />,
  untrue: (
    <g>
      <rect x="1" y="1" width="14" height="14" rx="3" fill="currentColor" />
      <path d="m4.9 4.9 6.2 6.2m0-6.2-6.2 6.2" {...glyph} strokeWidth={2} />
    </g>
  ),
  "given-up": (
    <g {...line}>
      <rect x="1.8" y="1.8" width="12.4" height="12.4" rx="2.5" strokeDasharray="2.4 2.5" />
      <path d="m5.4 5.4 5.2 5.2m0-5.2-5.2 5.2" />
    </g>
  ),
};
