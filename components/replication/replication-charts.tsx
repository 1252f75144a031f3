"use client";
import "@/components/charts/charts.css";
import { useCallback, useMemo, useState } from "react";
import { ChartCard } from "@/components/charts/chart-card";
import type { ChartDefinition } from "@/components/charts/chart-definition";
import { CrosshairScope, createCrosshair } from "@/components/charts/crosshair";
import { styleBook } from "@/components/charts/line-style";
import { gapSpans, marksOf } from "@/components/charts/marks";
import { useT } from "@/lib/client/i18n";
import { useLiveStore } from "@/lib/client/live-provider";
import { useMarks } from "@/lib/client/series-query";
import { fixedRange, zoomOut } from "@/lib/client/series-range";
import { useRange, useWindow } from "@/lib/client/series-window";
import type { Snapshot } from "@/lib/domain/snapshot";
import { SECTIONS } from "./charts";
import { MarksPanel } from "./marks-panel";
import { RangeBar } from "./range-bar";
import { ReplicasNow } from "./replicas-now";

/** All charts over one range, with one crosshair. */
export function ReplicationCharts(props: { snapshot: Snapshot; stale: boolean }) {
  const { snapshot, stale } = props;
  const { scope } = snapshot;
  const t = useT();
  const { clock } = useLiveStore();
  const [crosshair] = useState(() => createCrosshair());
  const [range, choose] = useRange();
  const window = useWindow(range, !stale);
  const names = snapshot.members.map(({ name }) => name).join("\n");
  const styles = useMemo(() => styleBook(names === "" ? [] : names.split("\n")), [names]);

  const read = useMarks(scope, window);
  const { value, window: shown } = read;
  const happened = useMemo(
    () => ({
      marks: value === null ? [] : marksOf(value.events, shown),
      gaps: value === null ? [] : gapSpans(value.gaps, shown, clock.now()),
    }),
    [value, shown, clock],
  );

  const onSelect = useCallback((from: number, to: number) => choose(fixedRange(from, to)), [choose]);
  const onZoomOut = useCallback(() => choose(zoomOut(range, clock.now())), [choose, range, clock]);

  return (
    <CrosshairScope value={crosshair}>
      <RangeBar range={range} window={window} stale={stale} onChoose={choose} onZoomOut={onZoomOut} />
      <ReplicasNow scope={scope} members={snapshot.members} />
      <MarksPanel scope={scope} read={read} {...happened} />
      {SECTIONS.map(({ id, charts }) => (
        <section key={id} id={id} aria-labelledby={`${id}-title`} className="scroll-mt-28">
          <h2 id={`${id}-title`} className="mb-2 text-lg font-semibold">
            {t(`replication.section.${id}`)}
          </h2>
          <div className="grid grid-cols-1 gap-4 xl:grid-cols-2">
            {charts.map((definition: ChartDefinition) => (
              <div key={definition.id} className={definition.wide ? "min-w-0 xl:col-span-2" : "min-w-0 *:h-full"}>
                <ChartCard {...{ definition, scope, window, styles, happened, onSelect, onZoomOut }} />
              </div>
            ))}
          </div>
        </section>
      ))}
    </CrosshairScope>
  );
}
