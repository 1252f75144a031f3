import { clsx } from "clsx";
import type { ReactNode } from "react";
import { type OperationWord, TEXT_OF_WORD } from "./words";

/** Shape and colour of a word; always stands beside it, so it is hidden from screen readers. */
export function WordMark(props: { word: OperationWord; size?: number; className?: string }) {
  const { word, size = 18 } = props;
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      data-mark={word}
      className={clsx("shrink-0", TEXT_OF_WORD[word], props.className)}
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

const SHAPES: Readonly<Record<OperationWord, ReactNode>> = {
  // Two who look: the second pair of eyes is missing.
  "awaiting-approval": (
    <g {...line}>
      <circle cx="5.4" cy="5" r="2.6" fill="currentColor" />
      <path d="M1 13.4c.4-3 2-4.4 4.4-4.4 1.2 0 2.2.3 3 .9" />
      <circle cx="11.6" cy="10" r="2.9" strokeDasharray="1.8 2" />
    </g>
  ),
  scheduled: (
    <g {...line}>
      <circle cx="8" cy="8" r="6.3" />
      <path d="M8 4.3V8l2.6 1.8" />
    </g>
  ),
  // An order that went in, and no tick yet.
  accepted: (
    <g {...line}>
      <path d="M9.5 1.7h3a1.8 1.8 0 0 1 1.8 1.8v9a1.8 1.8 0 0 1-1.8 1.8h-3" />
      <path d="M1.6 8h8M6.6 4.9 9.7 8l-3.1 3.1" />
    </g>
  ),
  running: (
    <g {...line} className="wait-pulse">
      <path d="M8 1.7a6.3 6.3 0 1 1-6.3 6.3" />
      <circle cx="8" cy="8" r="2.1" fill="currentColor" />
    </g>
  ),
  done: (
    <g>
      <circle cx="8" cy="8" r="7.2" fill="currentColor" />
      <path d="M4.7 8.2 7 10.5l4.4-4.8" {...glyph} />
    </g>
  ),
  "other-leader": (
    <g>
      <path d="M8 .6 15.4 8 8 15.4.6 8Z" fill="currentColor" />
      <path d="M5 10.3c0-3 1.4-4 5-4M8.3 4.3l2.2 2-2.2 2" {...glyph} strokeWidth={1.5} />
    </g>
  ),
  "done-otherwise": (
    <g>
      <path d="M8 .6 15.4 8 8 15.4.6 8Z" fill="currentColor" />
      <path d="M5 8.2c1-1.6 2-1.6 3 0s2 1.6 3 0" {...glyph} />
    </g>
  ),
  refused: (
    <g>
      <rect x="1.3" y="1.3" width="13.4" height="13.4" rx="2" fill="currentColor" />
      <path d="M4.5 8h7" {...glyph} strokeWidth={2.2} />
    </g>
  ),
  failed: (
    <g>
      <path d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5Z" fill="currentColor" />
      <path d="m5.6 5.6 4.8 4.8m0-4.8-4.8 4.8" {...glyph} />
    </g>
  ),
  unknown: (
    <g {...line}>
      <circle cx="8" cy="8" r="6.25" strokeDasharray="2.4 2.5" />
      <path d="M6.3 6.6c0-2.4 3.5-2.2 3.5 0 0 1.3-1.8 1.3-1.8 2.6M8 11.3v.1" />
    </g>
  ),
};
