"use client";
import { Download, Table2 } from "lucide-react";
import { memo, useCallback, useId, useMemo, useRef, useState } from "react";
import { useT } from "@/lib/client/i18n";
import { useLiveStore } from "@/lib/client/live-provider";
import { useSeries } from "@/lib/client/series-query";
import type { LiveWindow } from "@/lib/client/series-window";
import type { SeriesAnswer, SeriesLine } from "@/lib/contract/series";
import type { ChartDefinition } from "./chart-definition";
import { ChartState } from "./chart-state";
import { csvName, dataTable, saveText, toCsv } from "./data-table";
import { facetsOf } from "./facets";
import { FiguresTable } from "./figures-table";
import type { StyleBook } from "./line-style";
import { type PageMarks, PlotView } from "./plot-view";
import { useNearScreen } from "./use-screen";

const HEIGHT = 208;
const FACET_HEIGHT = 152;

const BUTTON =
  "inline-flex h-7 items-center gap-1.5 rounded-md px-2 text-xs text-ink-2 hover:bg-raised hover:text-ink aria-pressed:bg-raised aria-pressed:text-ink disabled:opacity-50";

/** One metric: its plots, the same figures as a table and as a file, and what is wrong with them. */
export const ChartCard = memo(function ChartCard(props: {
  definition: ChartDefinition;
  scope: string;
  window: LiveWindow;
  styles: StyleBook;
  happened: PageMarks;
  onSelect: (from: number, to: number) => void;
  onZoomOut: () => void;
}) {
  const { definition, scope, window, styles, happened } = props;
  const t = useT();
  const { clock } = useLiveStore();
  const id = useId();
  const box = useRef<HTMLElement>(null);
  const near = useNearScreen(box);
  const [asTable, setAsTable] = useState(false);
  const [all, setAll] = useState(false);
  const read = useSeries(scope, definition.metric, window, near);
  const limits = useSeries(
    scope,
    definition.limit ?? definition.metric,
    window,
    near && definition.limit !== undefined,
  );
  const limit = definition.limit === undefined ? null : limits.value;
  const title = t(`charts.title.${definition.id}`);

  const label = useCallback(
    (line: SeriesLine) => {
      const own = definition.label(line);
      return definition.words ? t(`charts.detail.${own}`) : own;
    },
    [definition, t],
  );

  const titleOf = (facet: string) => {
    const key = `${definition.facetWords}.${facet}`;
    return definition.facetWords !== undefined && t.has(key) ? t(key) : facet;
  };

  const { value: answer, window: shown } = read;
  const { facets, hidden } = useMemo(
    () =>
      answer === null
        ? { facets: [], hidden: 0 }
        : facetsOf({ definition, answer, limit, window: shown, now: clock.now(), styles, all, label }),
    [definition, answer, limit, shown, clock, styles, all, label],
  );
  const empty = answer !== null && !answer.lines.some((line) => line.points.some(({ max }) => max !== null));
  const table = () =>
    dataTable(answers(answer, limit), (line, { metric }) => fullName(definition, label, line, metric));
  const save = () => saveText(csvName(scope, definition.metric, shown.from, shown.to), toCsv(table()));

  return (
    <section
      ref={box}
      aria-labelledby={id}
      data-chart={definition.id}
      data-waiting={read.waiting}
      className="flex min-w-0 flex-col rounded-lg border border-line bg-surface"
    >
      <header className="flex flex-wrap items-center justify-between gap-x-3 px-4 pt-1.5">
        <h3 id={id} className="flex min-h-9 items-center text-sm font-semibold">
          {title}
        </h3>
        <div className="-mr-2 flex items-center gap-1">
          {hidden > 0 || all ? (
            <button type="button" className={BUTTON} aria-pressed={all} onClick={() => setAll(!all)}>
              {t(`charts.rest.${definition.id}`)}
            </button>
          ) : null}
          <button
            type="button"
            className={BUTTON}
            aria-pressed={asTable}
            disabled={empty}
            onClick={() => setAsTable(!asTable)}
          >
            <Table2 size={14} aria-hidden="true" />
            {t("charts.table.show")}
          </button>
          <button type="button" className={BUTTON} disabled={answer === null || empty} onClick={save}>
            <Download size={14} aria-hidden="true" />
            {t("charts.csv")}
          </button>
        </div>
      </header>
      <div className="min-w-0 px-4 pb-3" style={{ minHeight: HEIGHT + 24 }}>
        <ChartState read={read} empty={empty} asked={near} />
        {asTable && answer !== null && !empty ? <FiguresTable caption={title} table={table()} /> : null}
        {asTable || empty ? null : (
          <div className={facets.length > 1 ? "grid grid-cols-1 gap-x-6 gap-y-4 lg:grid-cols-2 2xl:grid-cols-3" : ""}>
            {facets.map(({ name, data, limit: most, left }) => (
              <div key={name} className="min-w-0">
                {name === "" ? null : <h4 className="clip-name text-xs font-medium text-ink-2">{titleOf(name)}</h4>}
                <PlotView
                  name={name === "" ? title : `${title}, ${titleOf(name)}`}
                  data={data}
                  stacked={definition.kind === "stack"}
                  unit={answer?.unit ?? "count"}
                  limit={most}
                  window={shown}
                  happened={happened}
                  height={facets.length > 1 ? FACET_HEIGHT : HEIGHT}
                  visible={near}
                  onSelect={props.onSelect}
                  onZoomOut={props.onZoomOut}
                />
                {left > 0 ? (
                  <p className="mt-1 text-xs text-ink-3">{t("charts.left", { drawn: data.lines.length, left })}</p>
                ) : null}
              </div>
            ))}
          </div>
        )}
      </div>
    </section>
  );
});

const answers = (...all: readonly (SeriesAnswer | null)[]): SeriesAnswer[] => all.filter((answer) => answer !== null);

/** A line's name where it stands beside the lines of other plots. */
const fullName = (
  definition: ChartDefinition,
  label: (line: SeriesLine) => string,
  line: SeriesLine,
  metric: string,
): string => {
  if (metric !== definition.metric) return `${line.subject} ${metric}`;
  const [facet, own] = [definition.facet?.(line), label(line)];
  return facet === undefined || facet === own ? own : `${facet} ${own}`;
};
