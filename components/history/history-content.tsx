"use client";
import { ArrowUp } from "lucide-react";
import { useMemo, useRef } from "react";
import { ReadingFailed } from "@/components/status/reading-failed";
import { useT } from "@/lib/client/i18n";
import { useLiveStore } from "@/lib/client/live-provider";
import { LISTED_MAX_MS } from "@/lib/client/record-api";
import { useEventPages, useGaps, useIncidents, useNewestEvents } from "@/lib/client/record-hooks";
import type { EpochMs } from "@/lib/domain/ids";
import { EMPTY, eventFilter, isEmpty, type TimelineFilter } from "./filter";
import { FilterBar } from "./filter-bar";
import { incidentOf } from "./incident-of";
import { IncidentsPanel } from "./incidents-panel";
import { countNew, gapMatches, inOrder } from "./items";
import { TimelineList } from "./timeline-list";
import { useTimelineFilter } from "./use-timeline-filter";

const MINUTE = 60_000;
const BUTTON = "rounded-md border border-line-strong bg-surface px-3 py-1.5 text-sm text-ink hover:bg-raised";

export function HistoryContent(props: { scope: string; members: readonly string[] }) {
  const { scope } = props;
  const t = useT();
  const { clock } = useLiveStore();
  const [filter, setFilter] = useTimelineFilter(scope);
  // A range that ends now begins where it began when it was chosen: the key of what is read must not change with the clock.
  const asked = useMemo(() => eventFilter(filter, clock.current()), [filter, clock]);
  const pages = useEventPages(scope, asked);
  const newest = useNewestEvents(scope, { filter: asked, enabled: pages.events !== null });
  const events = pages.events ?? [];
  const fresh = pages.events === null ? 0 : countNew(newest.events, events);
  const range = openRange(asked, events[0]?.at, clock.current());
  const gaps = useGaps(scope, ...range);
  const incidents = useIncidents(scope, ...range);
  const shown = gaps.filter((gap) => gapMatches(gap, filter));
  const items = inOrder(events, shown, !pages.hasOlder);
  const top = useRef<HTMLDivElement>(null);
  const showNew = () => void pages.reload().then(() => top.current?.scrollIntoView({ block: "start" }));

  return (
    <div className="flex flex-col gap-4">
      <IncidentsPanel scope={scope} incidents={incidents} />
      <FilterBar filter={filter} subjects={props.members} onChange={setFilter} />
      <section aria-labelledby="timeline" className="flex flex-col gap-2">
        <div ref={top} className="flex scroll-mt-16 items-baseline justify-between gap-4">
          <h2 id="timeline" className="text-base font-semibold">
            {t("historyPage.title")}
          </h2>
          <p className="text-xs text-ink-3">
            {pages.events === null
              ? null
              : t("historyPage.shown", { count: items.length, more: pages.hasOlder ? "yes" : "no" })}
          </p>
        </div>
        <div aria-live="polite" className="pointer-events-none sticky top-15 z-10 flex h-0 justify-center">
          {fresh === 0 ? null : (
            <button
              type="button"
              onClick={showNew}
              data-fresh={fresh}
              className="pointer-events-auto flex h-8 items-center gap-1.5 rounded-full bg-accent px-4 text-sm font-semibold text-canvas shadow-float"
            >
              <ArrowUp size={14} aria-hidden="true" />
              {t("historyPage.fresh", { count: fresh })}
            </button>
          )}
        </div>
        {pages.problem ? (
          <ReadingFailed
            words="historyPage"
            problem={pages.problem}
            old={items.length > 0}
            onRetry={() => void pages.reload()}
          />
        ) : newest.problem && pages.events !== null ? (
          <ReadingFailed
            words="historyPage"
            problem={newest.problem}
            old={items.length > 0}
            onRetry={() => void pages.reload()}
          />
        ) : null}
        {items.length > 0 ? (
          <TimelineList items={items} incidentOf={incidentOf(scope, incidents.value)} />
        ) : pages.problem ? null : pages.events === null ? (
          <p role="status" className="hatched rounded-lg border border-line px-4 py-10 text-center text-sm text-ink-2">
            {t("historyPage.loading")}
          </p>
        ) : (
          <Empty filter={filter} onClear={() => setFilter(EMPTY)} />
        )}
        {pages.hasOlder ? (
          <button type="button" className={`${BUTTON} self-center`} disabled={pages.loadingOlder} onClick={pages.older}>
            {pages.loadingOlder ? t("historyPage.loadingOlder") : t("historyPage.older")}
          </button>
        ) : null}
      </section>
    </div>
  );
}

/** The range to read gaps and incidents of; an open end is closed a minute ahead of the newest event, and the beginning is as far back as may be asked. */
function openRange(
  asked: { from: EpochMs | null; to: EpochMs | null },
  newest: string | undefined,
  now: EpochMs,
): [EpochMs, EpochMs] {
  const until = Math.max(now, newest === undefined ? 0 : Date.parse(newest));
  const to = asked.to ?? Math.ceil(until / MINUTE) * MINUTE + MINUTE;
  return [Math.max(asked.from ?? 0, to - LISTED_MAX_MS), to];
}

function Empty(props: { filter: TimelineFilter; onClear: () => void }) {
  const t = useT();
  const narrowed = !isEmpty(props.filter);
  return (
    <div className="flex flex-col items-center gap-3 rounded-lg border border-line bg-surface px-4 py-10 text-center text-sm text-ink-2">
      <p>{narrowed ? t("historyPage.noneMatch") : t("historyPage.none")}</p>
      {narrowed ? (
        <button type="button" className={BUTTON} onClick={props.onClear}>
          {t("historyPage.clear")}
        </button>
      ) : null}
    </div>
  );
}
