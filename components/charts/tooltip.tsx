"use client";
import { useT } from "@/lib/client/i18n";
import { formatDuration } from "@/lib/format/duration";
import { messageText } from "@/lib/format/message";
import { formatDateTime } from "@/lib/format/time";
import { type FigureUnit, formatFigure } from "@/lib/format/units";
import { partOf, percent } from "./frame";
import { Swatch } from "./legend";
import { MarkSign } from "./mark-sign";
import type { GapSpan, Mark } from "./marks";
import { highestAt, type Observed, type PlotData, type Span } from "./plot-data";

const MOST_MARKS = 4;
/** More rows than this are no help beside the pointer, and cost a frame; the table has them all. */
const MOST_LINES = 10;

/** What the chart under the pointer holds at the crosshair: every line, what happened about then, and what is not known. */
export function Tooltip(props: {
  at: number;
  data: PlotData;
  unit: FigureUnit;
  window: Span;
  zone: string;
  filled: boolean;
  marks: readonly Mark[];
  gaps: readonly GapSpan[];
  nearMs: number;
}) {
  const { at, data, unit, window, zone } = props;
  const t = useT();
  const part = partOf(at, window);
  const marks = props.marks.filter((mark) => Math.abs(mark.at - at) <= props.nearMs);
  const gaps = props.gaps.filter((gap) => at >= gap.from - props.nearMs && at <= gap.to + props.nearMs);
  return (
    <div
      data-tooltip=""
      className="pointer-events-none absolute top-1 z-20 w-max max-w-72 contain-[layout] will-change-transform rounded-md border border-line-strong bg-surface px-2.5 py-2 text-xs shadow-float"
      style={part > 0.5 ? { right: `calc(${percent(1 - part)} + 10px)` } : { left: `calc(${percent(part)} + 10px)` }}
    >
      <p className="font-semibold">{formatDateTime(t.locale, new Date(at).toISOString(), zone)}</p>
      <table className="mt-1">
        <tbody>
          {highestAt(data, at, MOST_LINES).map(({ line, point }) => {
            return (
              <tr key={line.id}>
                <td className="pr-1.5">
                  <Swatch style={line.style} filled={props.filled} />
                </td>
                <th scope="row" className="clip-name max-w-36 pr-3 text-left font-normal text-ink-2">
                  {line.label}
                </th>
                <Figures point={point} unit={unit} />
              </tr>
            );
          })}
        </tbody>
      </table>
      {data.lines.length > MOST_LINES ? (
        <p className="mt-1 text-ink-3">{t("charts.moreLines", { count: data.lines.length - MOST_LINES })}</p>
      ) : null}
      {gaps.map((gap) => (
        <p key={gap.id} className="mt-1 font-medium text-crit">
          {t(gap.open ? "charts.gap.open" : "charts.gap.closed", { length: formatDuration(t, gap.lengthMs) })}
        </p>
      ))}
      {marks.slice(0, MOST_MARKS).map((mark) => (
        <p key={mark.id} className="mt-1 flex gap-1.5">
          <MarkSign group={mark.group} severity={mark.severity} className="mt-px shrink-0" />
          <span className="wrap-anywhere">{messageText(t, mark.text)}</span>
        </p>
      ))}
      {marks.length > MOST_MARKS ? (
        <p className="mt-1 text-ink-3">{t("charts.moreMarks", { count: marks.length - MOST_MARKS })}</p>
      ) : null}
    </div>
  );
}

function Figures(props: { point: Observed | null; unit: FigureUnit }) {
  const { point, unit } = props;
  const t = useT();
  if (point === null) return <td className="text-blind">{t("charts.notObserved")}</td>;
  const same = point.min === point.max;
  return (
    <td className="text-right whitespace-nowrap">
      <span className="font-medium">{formatFigure(t, unit, point.mean)}</span>
      {same ? null : (
        <span className="pl-1.5 text-ink-3">
          {t("charts.between", { min: formatFigure(t, unit, point.min), max: formatFigure(t, unit, point.max) })}
        </span>
      )}
    </td>
  );
}
