"use client";
import { memo } from "react";
import { CartesianGrid, ComposedChart, XAxis, YAxis } from "recharts";
import { useT } from "@/lib/client/i18n";
import { type FigureUnit, formatFigure, type ValueAxis } from "@/lib/format/units";
import { timeTicks } from "@/lib/format/units-time";
import { AXIS, LEFT, rightOf, TOP } from "./frame";
import type { PlotData, Span } from "./plot-data";
import { Strokes } from "./strokes";

const TICK = { fontSize: 11, fill: "var(--ink-3)" } as const;
const TICKS_WIDE = 8;
const TICKS_NARROW = 4;

/** The lines with their axes. Nothing in here depends on the pointer. */
export const Plot = memo(function Plot(props: {
  name: string;
  data: PlotData;
  stacked: boolean;
  unit: FigureUnit;
  axis: ValueAxis;
  window: Span;
  zone: string;
  narrow: boolean;
  height: number;
}) {
  const { data, stacked, unit, axis, window, zone, narrow, height } = props;
  const t = useT();
  const ticks = timeTicks(t.locale, window.from, window.to, zone, narrow ? TICKS_NARROW : TICKS_WIDE);
  const labels = new Map(ticks.map(({ at, label }) => [at, label]));
  return (
    <div className="pointer-events-none absolute inset-0">
      <ComposedChart
        responsive
        accessibilityLayer={false}
        role="img"
        title={props.name}
        data={[{ at: window.from }, { at: window.to }]}
        margin={{ top: TOP, right: rightOf(narrow), bottom: 0, left: 0 }}
        style={{ width: "100%", height }}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="at"
          type="number"
          scale="linear"
          domain={[window.from, window.to]}
          allowDataOverflow
          ticks={ticks.map(({ at }) => at)}
          tickFormatter={(at: number) => labels.get(at) ?? ""}
          interval={0}
          height={AXIS}
          tick={TICK}
          tickLine={false}
          axisLine={{ stroke: "var(--line-strong)" }}
        />
        <YAxis
          type="number"
          domain={[0, axis.top]}
          allowDataOverflow
          ticks={axis.ticks}
          tickFormatter={(value: number) => formatFigure(t, unit, value)}
          interval={0}
          width={LEFT}
          tick={TICK}
          tickLine={false}
          axisLine={false}
        />
        <Strokes data={data} stacked={stacked} window={window} top={axis.top} />
      </ComposedChart>
    </div>
  );
});
