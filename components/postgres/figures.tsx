"use client";
import { clsx } from "clsx";
import type { ReactNode } from "react";
import { Moment } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import { formatBytes } from "@/lib/format/bytes";
import { formatDuration, formatLatency } from "@/lib/format/duration";
import { formatNumber } from "@/lib/format/number";

/** What is not told is said in a word, never as 0. */
export function Untold() {
  const t = useT();
  return <span className="text-blind">{t("format.unknown")}</span>;
}

/** Nothing that could be told: not the same as unknown. */
export function Dash(props: { label?: string }) {
  const t = useT();
  return (
    <span className="text-ink-3">
      <span aria-hidden="true">–</span>
      <span className="sr-only">{props.label ?? t("postgres.none")}</span>
    </span>
  );
}

export function Bytes(props: { of: number | null }) {
  const t = useT();
  return props.of === null ? <Untold /> : formatBytes(t, props.of);
}

export function Amount(props: { of: number | null; digits?: number }) {
  const t = useT();
  return props.of === null ? <Untold /> : formatNumber(t.locale, props.of, props.digits ?? 0);
}

/** Seconds, as two units at most; null is a dash, since it mostly means that there is nothing to measure. */
export function Seconds(props: { of: number | null; warnFrom?: number }) {
  const t = useT();
  if (props.of === null) return <Dash />;
  const late = props.warnFrom !== undefined && props.of >= props.warnFrom;
  return <span className={late ? "font-medium text-warn" : ""}>{formatDuration(t, props.of * 1_000)}</span>;
}

export function Millis(props: { of: number }) {
  const t = useT();
  const { of } = props;
  if (of < 10) return <>{t("format.duration.ms", { value: formatNumber(t.locale, of, 2) })}</>;
  return <>{of < 60_000 ? formatLatency(t, of) : formatDuration(t, of)}</>;
}

export function Share(props: { of: number | null }) {
  const t = useT();
  return props.of === null ? <Dash /> : t("postgres.percent", { value: formatNumber(t.locale, props.of * 100, 1) });
}

export function At(props: { at: string | null }) {
  const t = useT();
  return props.at === null ? <span className="text-ink-3">{t("age.never")}</span> : <Moment at={props.at} />;
}

/** Names and values side by side, as many in a row as fit. */
export function Facts(props: { children: ReactNode }) {
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-3 lg:grid-cols-4 xl:grid-cols-6">{props.children}</dl>
  );
}

export function Fact(props: { label: string; warn?: boolean; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-ink-3">{props.label}</dt>
      <dd className={clsx("wrap-anywhere", props.warn && "font-medium text-warn")}>{props.children}</dd>
    </div>
  );
}

/** How many of all are shown; just how many there are when all of them are. */
export function FirstOf(props: { shown: number; total: number }) {
  const t = useT();
  const shown = formatNumber(t.locale, props.shown);
  return props.shown === props.total ? shown : t("postgres.firstOf", { shown, count: props.total });
}
