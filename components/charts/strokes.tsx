"use client";
import { memo, useId } from "react";
import { usePlotArea } from "recharts";
import type { PlotData, PlotLine, Span } from "./plot-data";
import { layerOf, stackRows } from "./stack";

/**
 * The lines of a chart, on the area that recharts gives them. Its own `Line` and `Area` make several objects for each point on every
 * refresh (for animations that are off): some 100 ms a chart at 6 members, where a path of the same points takes one or two.
 */
export const Strokes = memo(function Strokes(props: { data: PlotData; stacked: boolean; window: Span; top: number }) {
  const { data, stacked, window, top } = props;
  const area = usePlotArea();
  const id = useId();
  if (!area || area.width <= 0) return null;
  const x = (at: number) => round(area.x + ((at - window.from) / (window.to - window.from)) * area.width);
  const y = (value: number) => round(area.y + (1 - value / top) * area.height);
  const scale = { x, y };
  const rows = stacked ? stackRows(data.lines) : [];
  return (
    <g className="recharts-strokes">
      <clipPath id={id}>
        <rect x={area.x} y={area.y - 1} width={area.width} height={area.height + 2} />
      </clipPath>
      <g clipPath={`url(#${id})`} fill="none" strokeLinejoin="round">
        {data.lines.map((line, index) =>
          stacked ? (
            <path
              key={line.id}
              d={ribbon(layerOf(rows, index), scale)}
              stroke={line.style.color}
              fill={line.style.color}
              fillOpacity={0.5}
            />
          ) : (
            <LineStrokes key={line.id} line={line} banded={data.banded} scale={scale} />
          ),
        )}
      </g>
    </g>
  );
});

type Scale = { readonly x: (at: number) => number; readonly y: (value: number) => number };

const round = (value: number): number => Math.round(value * 10) / 10;

/** From the lowest to the highest of each point, with the edge drawn, and the mean: a spike cannot vanish in either. */
function LineStrokes(props: { line: PlotLine; banded: boolean; scale: Scale }) {
  const { line, banded, scale } = props;
  const { color, dash } = line.style;
  const runs = line.stretches.map(({ points }) => points);
  const bands = runs.map((points) => points.map(({ at, min, max }) => ({ at, low: min, high: max })));
  const means = runs.map((points) => polyline(points.map(({ at, mean }) => [scale.x(at), scale.y(mean)])));
  return (
    <g data-stroke={line.label}>
      {banded ? (
        <path d={ribbon(bands, scale)} stroke={color} strokeOpacity={0.55} fill={color} fillOpacity={0.16} />
      ) : null}
      <path d={means.join("")} stroke={color} strokeWidth={1.75} strokeDasharray={dash} />
      {runs.map(([only, second]) =>
        only && !second ? (
          <circle key={only.at} cx={scale.x(only.at)} cy={scale.y(only.max)} r={2.5} fill={color} />
        ) : null,
      )}
    </g>
  );
}

const polyline = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], index) => `${index === 0 ? "M" : "L"}${x} ${y}`).join("");

type Edge = { readonly at: number; readonly low: number; readonly high: number };

/** A closed shape a stretch: along the upper edge, and back along the lower one. */
const ribbon = (runs: readonly (readonly Edge[])[], { x, y }: Scale): string =>
  runs
    .map((run) => {
      const upper = run.map(({ at, high }) => [x(at), y(high)] as const);
      const lower = run.toReversed().map(({ at, low }) => [x(at), y(low)] as const);
      return `${polyline([...upper, ...lower])}Z`;
    })
    .join("");
