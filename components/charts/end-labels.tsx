"use client";
import { memo } from "react";
import { useShortName } from "@/components/members/short-name";
import { AXIS, rightOf, TOP } from "./frame";
import { lastOf, type PlotData } from "./plot-data";

const LINE_PX = 13;
/** More names than this would be a wall of text; the legend has them all. */
const MOST = 8;

/** Each line's name at its end, moved apart where they would cover each other: lines can be told without their colour. */
export const EndLabels = memo(function EndLabels(props: { data: PlotData; top: number; height: number }) {
  const { data, top, height } = props;
  const short = useShortName();
  const room = height - TOP - AXIS;
  const ends = data.lines.flatMap((line) => {
    const { id, label, style } = line;
    const last = lastOf(line);
    return last ? [{ id, label, style, y: room * (1 - Math.min(1, last.mean / top)) }] : [];
  });
  if (ends.length === 0 || ends.length > MOST) return null;
  return (
    <ul
      aria-hidden="true"
      className="pointer-events-none absolute"
      style={{ right: 0, top: TOP, width: rightOf(false) }}
    >
      {spread(ends, room).map(({ id, label, style, y }) => (
        <li
          key={id}
          className="clip-name absolute inset-x-0 -translate-y-1/2 pl-1.5 text-2xs leading-none font-medium"
          style={{ top: y, color: style.color }}
        >
          {short(label)}
        </li>
      ))}
    </ul>
  );
});

/** Keeps the order by height and the distance of a line of text, within the plot. */
export function spread<T extends { readonly y: number }>(ends: readonly T[], room: number): readonly T[] {
  const sorted = ends.toSorted((a, b) => a.y - b.y);
  let free = -LINE_PX / 2;
  const down = sorted.map((end) => {
    const y = Math.max(end.y, free + LINE_PX);
    free = y;
    return { ...end, y };
  });
  let most = room + LINE_PX / 2;
  return down.toReversed().map((end) => {
    const y = Math.min(end.y, most - LINE_PX);
    most = y;
    return { ...end, y };
  });
}
