"use client";
import { clsx } from "clsx";
import { memo } from "react";
import { useT } from "@/lib/client/i18n";
import { insets, partOf, percent } from "./frame";
import { MarkSign } from "./mark-sign";
import type { GapSpan, MarkCluster } from "./marks";
import type { Span } from "./plot-data";

/** A marker every so many percent of the width at most; closer ones share one sign. */
export const MARK_NEAR_PART = 0.014;

/** Under the lines: where nothing was observed, and where nobody could write. */
export const Backdrop = memo(function Backdrop(props: {
  holes: readonly Span[];
  gaps: readonly GapSpan[];
  window: Span;
  narrow: boolean;
}) {
  const { holes, gaps, window } = props;
  const span = (stretch: Span) => ({
    left: percent(partOf(stretch.from, window)),
    width: percent(Math.max(0, partOf(stretch.to, window) - partOf(stretch.from, window))),
  });
  return (
    <div aria-hidden="true" className="pointer-events-none absolute overflow-hidden" style={insets(props.narrow)}>
      {holes.map((hole) => (
        <div key={hole.from} data-hole="" className="hatched absolute inset-y-0 bg-blind-soft/40" style={span(hole)} />
      ))}
      {gaps.map((gap) => (
        <div
          key={gap.id}
          data-gap=""
          className="absolute inset-y-0 min-w-[2px] border-x border-crit-line bg-crit-soft"
          style={span(gap)}
        />
      ))}
    </div>
  );
});

const LINE_OF_SEVERITY = {
  info: "border-line-strong",
  notice: "border-ink-3",
  warn: "border-warn",
  critical: "border-crit",
} as const;

/** Over the lines: what happened, and the limit. */
export const Foreground = memo(function Foreground(props: {
  marks: readonly MarkCluster[];
  window: Span;
  top: number;
  limit: number | null;
  narrow: boolean;
}) {
  const { marks, window, top, limit } = props;
  const t = useT();
  const above = (value: number) => percent(1 - Math.min(1, value / top));
  return (
    <div aria-hidden="true" className="pointer-events-none absolute" style={insets(props.narrow)}>
      {limit === null ? null : (
        <div className="absolute inset-x-0 border-t border-dashed border-ink-2" style={{ top: above(limit) }}>
          <span className="absolute top-0.5 left-1 text-2xs text-ink-2">{t("charts.limit", { limit })}</span>
        </div>
      )}
      {marks.map(({ at, first, marks: all }) => (
        <div
          key={first.id}
          data-mark={first.group}
          className={clsx("absolute inset-y-0 border-l border-dashed", LINE_OF_SEVERITY[first.severity])}
          style={{ left: percent(partOf(at, window)) }}
        >
          <MarkSign
            group={first.group}
            severity={first.severity}
            count={all.length}
            className="absolute -top-2 left-0 -translate-x-1/2"
          />
        </div>
      ))}
    </div>
  );
});
