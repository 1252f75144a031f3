"use client";
import { clsx } from "clsx";
import { useT } from "@/lib/client/i18n";
import type { Judged } from "@/lib/domain/runbooks/condition";

export type Truth = "true" | "false" | "unknown";
export const truthOf = ({ value, known }: Judged): Truth => (!known ? "unknown" : value ? "true" : "false");

const TEXT: Readonly<Record<Truth, string>> = { true: "text-ink", false: "text-ink-2", unknown: "text-blind" };

const line = {
  fill: "none",
  stroke: "currentColor",
  strokeWidth: 1.6,
  strokeLinecap: "round",
  strokeLinejoin: "round",
} as const;

const SHAPES: Readonly<Record<Truth, React.ReactNode>> = {
  true: (
    <g {...line}>
      <rect x="1.8" y="1.8" width="12.4" height="12.4" rx="2.5" />
      <path d="m4.8 8.3 2.2 2.2 4.3-4.8" strokeWidth={2} />
    </g>
  ),
  false: (
    <g {...line}>
      <rect x="1.8" y="1.8" width="12.4" height="12.4" rx="2.5" />
      <path d="M5.2 8h5.6" strokeWidth={2} />
    </g>
  ),
  unknown: (
    <g {...line}>
      <rect x="1.8" y="1.8" width="12.4" height="12.4" rx="2.5" strokeDasharray="2.4 2.5" />
      <path d="M6.3 6.6c0-2.4 3.5-2.2 3.5 0 0 1.3-1.8 1.3-1.8 2.6M8 11.6v.1" />
    </g>
  ),
};

/** Whether a condition is true by the newest picture, by shape and word. `needed`: it ought to be true already. */
export function JudgedMark(props: { judged: Judged; needed?: boolean; className?: string }) {
  const t = useT();
  const truth = truthOf(props.judged);
  return (
    <span
      data-truth={truth}
      className={clsx(
        "inline-flex items-center gap-1.5 font-medium",
        truth === "false" && props.needed ? "text-warn" : TEXT[truth],
        props.className,
      )}
    >
      <svg aria-hidden="true" width="15" height="15" viewBox="0 0 16 16" className="shrink-0">
        {SHAPES[truth]}
      </svg>
      <span className="self-baseline">{t(`runbooks.truth.${truth}`)}</span>
    </span>
  );
}
