import { clsx } from "clsx";
import { type Level, TEXT_OF_LEVEL } from "./level";

/** Shape and colour of a level. Always stands beside a word, so it is hidden from screen readers. */
export function StatusMark(props: { level: Level; size?: number; className?: string }) {
  const { level, size = 16 } = props;
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      className={clsx("shrink-0", TEXT_OF_LEVEL[level], props.className)}
      data-level={level}
    >
      {SHAPES[level]}
    </svg>
  );
}

const glyph = { stroke: "var(--surface)", strokeWidth: 1.8, strokeLinecap: "round", fill: "none" } as const;

const SHAPES: Readonly<Record<Level, React.ReactNode>> = {
  ok: (
    <g fill="none" stroke="currentColor" strokeWidth="1.5">
      <circle cx="8" cy="8" r="6.25" opacity="0.6" />
      <path d="M5.2 8.2 7.2 10.2 10.9 6.1" strokeLinecap="round" strokeLinejoin="round" />
    </g>
  ),
  info: (
    <g fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round">
      <rect x="1.75" y="1.75" width="12.5" height="12.5" rx="3" opacity="0.6" />
      <path d="M8 7.4v3.4M8 5.1v.1" />
    </g>
  ),
  warn: (
    <g>
      <path d="M8 .9 15.6 14.6H.4Z" fill="currentColor" strokeLinejoin="round" stroke="currentColor" strokeWidth=".6" />
      <path d="M8 5.8v4M8 12.3v.1" {...glyph} />
    </g>
  ),
  crit: (
    <g>
      <path d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5Z" fill="currentColor" />
      <path d="m5.6 5.6 4.8 4.8m0-4.8-4.8 4.8" {...glyph} />
    </g>
  ),
  split: (
    <g fill="currentColor">
      <path d="M6.9.6v14.8L.2 8Z" />
      <path d="M9.1.6v14.8L15.8 8Z" />
    </g>
  ),
  blind: (
    <g fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round">
      <circle cx="8" cy="8" r="6.25" strokeDasharray="2.4 2.5" />
      <path d="M6.3 6.6c0-2.4 3.5-2.2 3.5 0 0 1.3-1.8 1.3-1.8 2.6M8 11.3v.1" />
    </g>
  ),
};
