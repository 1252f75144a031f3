"use client";
import { clsx } from "clsx";
import type { ReactNode } from "react";
import { FailureText } from "@/components/sources/failure-text";
import { TrustWord, usePageStale } from "@/components/status/trust";
import { Age } from "@/components/ui/age";
import { Panel } from "@/components/ui/panel";
import { useT } from "@/lib/client/i18n";
import type { Looked } from "@/lib/client/inspect";
import { useAtTick } from "@/lib/client/use-live";
import { STALE_AFTER_INTERVALS } from "@/lib/domain/observation";
import { formatInterval, formatLatency } from "@/lib/format/duration";

type Answer<V> = {
  readonly intervalMs: number;
  readonly good: { readonly at: string; readonly tookMs: number; readonly value: V } | null;
  readonly last: { readonly failure: Parameters<typeof FailureText>[0]["failure"] | null };
};

/**
 * A panel over an on-demand answer. It says how old the answer is and how often it is asked for; an answer that is old, or that the
 * last attempt did not renew, is drawn as such, and the reason stands above it.
 */
export function InspectPanel<V>(props: {
  title: string;
  looked: Looked<Answer<V>>;
  aside?: (value: V) => ReactNode;
  flush?: boolean;
  children: (value: V) => ReactNode;
}) {
  const t = useT();
  const { answer, problem } = props.looked;
  const good = answer?.good ?? null;
  const failure = answer?.last.failure ?? null;
  const stale = useIsOld(good?.at ?? null, answer?.intervalMs ?? 0, problem !== null || failure !== null);
  const state = good ? (stale ? "stale" : "fresh") : failure || problem ? "failed" : "waiting";
  const inset = props.flush ? "px-4 pb-2" : "pb-2";
  return (
    <div data-inspect-state={state} className="min-w-0">
      <Panel
        title={props.title}
        flush={props.flush === true}
        className={clsx(stale && good && "hatched")}
        aside={
          good && answer ? (
            <span className="flex flex-wrap items-baseline justify-end gap-x-2">
              {props.aside ? <span>{props.aside(good.value)}</span> : null}
              <TrustWord trust={stale ? "stale" : "fresh"} />
              <span title={t("postgres.took", { took: formatLatency(t, good.tookMs) })}>
                <Age at={good.at} />
                <span className="hidden sm:inline">
                  {", "}
                  {t("sources.every", { interval: formatInterval(t, answer.intervalMs) })}
                </span>
              </span>
            </span>
          ) : null
        }
      >
        {failure ? (
          <div className={inset}>
            <FailureText failure={failure} />
          </div>
        ) : null}
        {problem ? (
          <p className={clsx(inset, "text-sm text-warn")} role="status">
            {t(`problem.${problem.kind}`)}
            {problem.detail === null ? null : <span className="text-ink-2"> {problem.detail}</span>}
          </p>
        ) : null}
        {state === "waiting" ? (
          <p className={clsx(inset, "text-sm text-ink-3")} role="status">
            {t("postgres.asking")}
          </p>
        ) : null}
        {good ? props.children(good.value) : null}
      </Panel>
    </div>
  );
}

function useIsOld(at: string | null, intervalMs: number, failed: boolean): boolean {
  const pageStale = usePageStale();
  // A slow topic may be late by one look of its own, but a few seconds are no sign of anything.
  const limitMs = Math.max(intervalMs * STALE_AFTER_INTERVALS, 10_000);
  const old = useAtTick((now) => at !== null && now - Date.parse(at) > limitMs);
  return pageStale || old || failed;
}
