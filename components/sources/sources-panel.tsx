"use client";
import { clsx } from "clsx";
import { memo } from "react";
import { useShortName } from "@/components/members/short-name";
import { StatusMark } from "@/components/status/status-mark";
import { usePageStale } from "@/components/status/trust";
import { Age } from "@/components/ui/age";
import { Nothing, Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import { useAtTick } from "@/lib/client/use-live";
import { STALE_AFTER_INTERVALS } from "@/lib/domain/observation";
import type { SourceView } from "@/lib/domain/snapshot";
import { formatInterval, formatLatency } from "@/lib/format/duration";
import { FailureText } from "./failure-text";

/** True when the last good answer is older than its beat allows, whatever the snapshot said when it was made. */
export function isSourceStale(source: SourceView, nowMs: number): boolean {
  if (source.stale || source.lastOkAt === null) return true;
  return nowMs - Date.parse(source.lastOkAt) > source.intervalMs * STALE_AFTER_INTERVALS;
}

/** Everything that we look at, with the age of its last answer: what the rest of the page is worth. */
export const SourcesPanel = memo(function SourcesPanel(props: {
  sources: readonly SourceView[];
  onSource: (ids: readonly string[]) => void;
}) {
  const t = useT();
  const pageStale = usePageStale();
  // A string: the panel is drawn anew when a source turns stale, and not with each second.
  const old = useAtTick((now) => props.sources.map((source) => (isSourceStale(source, now) ? "x" : ".")).join(""));
  const rows = props.sources
    .map((source, i) => ({ source, stale: pageStale || old[i] === "x" }))
    .toSorted((a, b) => rank(a) - rank(b));
  const bad = rows.filter(({ source, stale }) => stale || source.error !== null).length;
  return (
    <Panel
      title={t("sources.title")}
      aside={
        bad === 0 ? (
          t("sources.allAnswer", { count: rows.length })
        ) : (
          <span className="font-medium text-warn">{t("sources.someSilent", { bad, count: rows.length })}</span>
        )
      }
      flush
    >
      {rows.length === 0 ? (
        <div className="px-4 pb-4">
          <Nothing>{t("sources.none")}</Nothing>
        </div>
      ) : (
        <ul
          className="grid grid-cols-1 border-t border-line xl:grid-flow-col xl:grid-cols-2 xl:grid-rows-[repeat(var(--rows),auto)]"
          style={{ "--rows": Math.ceil(rows.length / 2) } as React.CSSProperties}
        >
          {rows.map(({ source, stale }) => (
            <SourceRow key={source.id} source={source} stale={stale} onSource={props.onSource} />
          ))}
        </ul>
      )}
    </Panel>
  );
});

const rank = ({ source, stale }: { source: SourceView; stale: boolean }) => (source.error !== null ? 0 : stale ? 1 : 2);

const SourceRow = memo(function SourceRow(props: {
  source: SourceView;
  stale: boolean;
  onSource: (ids: readonly string[]) => void;
}) {
  const { source, stale } = props;
  const t = useT();
  const shorten = useShortName();
  const level = stale ? "blind" : source.error ? "warn" : "ok";
  return (
    <li className={clsx("-mt-px border-t border-line", stale && "hatched")} data-source={source.id} data-stale={stale}>
      <button
        type="button"
        onClick={() => props.onSource([source.id])}
        title={t("sources.open")}
        className="grid h-full w-full grid-cols-[1rem_minmax(0,1fr)_auto] items-start gap-x-3 px-4 py-1.5 text-left text-sm hover:bg-raised sm:grid-cols-[1rem_6.5rem_minmax(0,1fr)_6.5rem_4rem_5rem]"
      >
        <StatusMark level={level} size={14} className="mt-[3px]" />
        <span className="text-ink-3 max-sm:col-start-2 max-sm:row-start-2">{t(`sources.kind.${source.kind}`)}</span>
        <span className="min-w-0 max-sm:col-start-2 max-sm:row-start-1">
          <span className="clip-name block" title={source.target}>
            {shorten(source.target)}
          </span>
          {source.error ? <FailureText failure={source.error} /> : null}
        </span>
        <span className="text-right max-sm:col-start-3 max-sm:row-start-1">
          <Age at={source.lastOkAt} className={stale ? "font-medium text-blind" : ""} />
          {stale ? <span className="block text-2xs font-medium text-blind">{t("trust.stale")}</span> : null}
          {source.failures > 0 ? (
            <span className="block text-2xs text-warn">{t("sources.failures", { count: source.failures })}</span>
          ) : null}
        </span>
        <span className="text-right text-xs leading-5 text-ink-3 max-sm:col-start-3 max-sm:row-start-2">
          {source.latencyMs === null ? "" : formatLatency(t, source.latencyMs)}
        </span>
        <span className="text-right text-xs leading-5 whitespace-nowrap text-ink-3 max-sm:hidden">
          {t("sources.every", { interval: formatInterval(t, source.intervalMs) })}
        </span>
      </button>
    </li>
  );
});
