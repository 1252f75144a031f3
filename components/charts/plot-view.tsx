"use client";
import { memo, useMemo } from "react";
import { useZone } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import { type FigureUnit, formatFigure, valueAxis } from "@/lib/format/units";
import { EndLabels } from "./end-labels";
import { Legend } from "./legend";
import { clusterMarks, type GapSpan, type Mark } from "./marks";
import { Plot } from "./plot";
import type { PlotData, Span } from "./plot-data";
import { Backdrop, Foreground, MARK_NEAR_PART } from "./plot-layers";
import { PlotPointer } from "./plot-pointer";
import { stackRows, stackTop } from "./stack";
import { useNarrow } from "./use-screen";

/** The stretch that a page's charts share, and what is drawn into all of them. */
export type PageMarks = { readonly marks: readonly Mark[]; readonly gaps: readonly GapSpan[] };

/** One plot with its legend. While `visible` is false its place is kept and nothing is drawn. */
export const PlotView = memo(function PlotView(props: {
  name: string;
  data: PlotData;
  stacked: boolean;
  unit: FigureUnit;
  /** A limit that the figures should stay under. */
  limit: number | null;
  window: Span;
  happened: PageMarks;
  height: number;
  visible: boolean;
  onSelect: (from: number, to: number) => void;
  onZoomOut: () => void;
}) {
  const { name, data, stacked, unit, limit, window, happened, height, visible } = props;
  const t = useT();
  const narrow = useNarrow();
  const zone = useZone();
  const highest = useMemo(() => (stacked ? stackTop(stackRows(data.lines)) : data.highest), [stacked, data]);
  const axis = useMemo(() => valueAxis(unit, Math.max(highest ?? 0, limit ?? 0)), [unit, highest, limit]);
  const nearMs = (window.to - window.from) * MARK_NEAR_PART;
  const clusters = useMemo(() => clusterMarks(happened.marks, nearMs), [happened.marks, nearMs]);
  const spoken = t("charts.spoken", { name, lines: data.lines.length, highest: formatFigure(t, unit, highest) });
  return (
    <div className="min-w-0" data-plot={name}>
      <Legend data={data} unit={unit} end={window.to} filled={stacked} />
      <div className="relative mt-2" style={{ height }}>
        {visible ? (
          <>
            {/* One layer for all that stands still: what moves above it does not make the browser draw the lines again. */}
            <div className="absolute inset-0 contain-strict will-change-transform">
              <Backdrop holes={data.holes} gaps={happened.gaps} window={window} narrow={narrow} />
              <Plot {...{ data, stacked, unit, axis, window, zone, narrow, height }} name={spoken} />
              <Foreground marks={clusters} window={window} top={axis.top} limit={limit} narrow={narrow} />
              {stacked || narrow ? null : <EndLabels data={data} top={axis.top} height={height} />}
            </div>
            <PlotPointer
              name={name}
              window={window}
              zone={zone}
              narrow={narrow}
              onSelect={props.onSelect}
              onZoomOut={props.onZoomOut}
              tooltip={{ data, unit, window, zone, filled: stacked, nearMs, ...happened }}
            />
          </>
        ) : null}
      </div>
    </div>
  );
});
