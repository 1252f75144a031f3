"use client";
import { memo } from "react";
import { useT } from "@/lib/client/i18n";
import { type FigureUnit, formatFigure } from "@/lib/format/units";
import { useAtCrosshair } from "./crosshair";
import type { LineStyle } from "./line-style";
import { type PlotData, type PlotLine, pointAt } from "./plot-data";

/** A piece of the line as it is drawn. */
export function Swatch(props: { style: LineStyle; filled: boolean }) {
  const { color, dash } = props.style;
  return (
    <svg aria-hidden="true" width="22" height="8" className="shrink-0">
      {props.filled ? (
        <rect width="22" height="8" rx="1.5" fill={color} fillOpacity="0.5" stroke={color} />
      ) : (
        <path d="M0 4h22" stroke={color} strokeWidth="2.25" strokeDasharray={dash} />
      )}
    </svg>
  );
}

/** Every line with its figure at the crosshair, and at the end of the window while there is none. */
export const Legend = memo(function Legend(props: { data: PlotData; unit: FigureUnit; end: number; filled: boolean }) {
  const { data, unit, end, filled } = props;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-0.5 text-xs">
      {data.lines.map((line) => (
        <li key={line.id} className="flex min-w-0 max-w-full items-center gap-1.5" data-line={line.label}>
          <Swatch style={line.style} filled={filled} />
          <span className="clip-name max-w-56 text-ink-2" title={line.label}>
            {line.label}
          </span>
          <LineFigure line={line} unit={unit} end={end} />
        </li>
      ))}
    </ul>
  );
});

function LineFigure(props: { line: PlotLine; unit: FigureUnit; end: number }) {
  const { line, unit, end } = props;
  const t = useT();
  const text = useAtCrosshair((at) => {
    const point = pointAt(line, at ?? end);
    return point ? formatFigure(t, unit, point.max) : null;
  }, true);
  return text === null ? (
    <span className="min-w-17 whitespace-nowrap text-blind">{t("charts.notObserved")}</span>
  ) : (
    <span className="w-17 font-medium whitespace-nowrap text-ink contain-[layout_paint]">{text}</span>
  );
}
