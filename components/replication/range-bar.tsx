"use client";
import { clsx } from "clsx";
import { ChevronLeft, ChevronRight, Radio, ZoomOut } from "lucide-react";
import type { ReactNode } from "react";
import { StatusMark } from "@/components/status/status-mark";
import { Period } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import { useLiveStore } from "@/lib/client/live-provider";
import { DEFAULT_PRESET, PRESET_MS, PRESETS, type Range, shift } from "@/lib/client/series-range";
import type { LiveWindow } from "@/lib/client/series-window";
import { instant } from "@/lib/domain/ids";
import { formatDuration, formatInterval } from "@/lib/format/duration";
import { SECTIONS } from "./charts";
import { CustomRange } from "./custom-range";

const BUTTON =
  "inline-flex h-8 shrink-0 items-center gap-1.5 rounded-md px-2.5 text-sm text-ink-2 hover:bg-raised hover:text-ink disabled:opacity-40";

/** Which stretch of time is shown, whether it is live, and how to come to another. Stays in sight while one scrolls. */
export function RangeBar(props: {
  range: Range;
  window: LiveWindow;
  stale: boolean;
  onChoose: (range: Range) => void;
  onZoomOut: () => void;
}) {
  const { range, window, onChoose } = props;
  const t = useT();
  const { clock } = useLiveStore();
  return (
    <section
      aria-label={t("replication.range.label")}
      data-live={window.live && !props.stale}
      className="sticky top-13 z-10 -mx-3 flex flex-wrap items-center gap-x-4 gap-y-1 border-y border-line bg-canvas/95 px-3 py-1.5 backdrop-blur sm:mx-0 sm:rounded-lg sm:border"
    >
      <fieldset className="-mx-1 flex max-w-full min-w-0 gap-0.5 overflow-x-auto px-1">
        <legend className="sr-only">{t("replication.range.preset")}</legend>
        {PRESETS.map((preset) => {
          const chosen = range.kind === "live" && range.preset === preset;
          return (
            <button
              key={preset}
              type="button"
              aria-pressed={chosen}
              onClick={() => onChoose({ kind: "live", preset })}
              className={clsx(BUTTON, chosen && "bg-accent-soft font-semibold text-accent")}
            >
              {t(`replication.range.${preset}`)}
            </button>
          );
        })}
      </fieldset>
      <CustomRange window={window} onChoose={onChoose} />
      <div className="flex gap-0.5">
        <Step label={t("replication.range.earlier")} onClick={() => onChoose(shift(range, -1, clock.now()))}>
          <ChevronLeft size={16} aria-hidden="true" />
        </Step>
        <Step
          label={t("replication.range.later")}
          disabled={range.kind === "live"}
          onClick={() => onChoose(shift(range, 1, clock.now()))}
        >
          <ChevronRight size={16} aria-hidden="true" />
        </Step>
        <Step
          label={t("replication.range.zoomOut")}
          disabled={range.kind === "live" && range.preset === "1y"}
          onClick={props.onZoomOut}
        >
          <ZoomOut size={16} aria-hidden="true" />
        </Step>
      </div>
      <Edge {...props} />
      <Jump />
    </section>
  );
}

function Step(props: { label: string; disabled?: boolean; onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-label={props.label}
      title={props.label}
      disabled={props.disabled}
      onClick={props.onClick}
      className={BUTTON}
    >
      {props.children}
    </button>
  );
}

/** Whether what is shown goes on, and if not, how to get back to now. */
function Edge(props: { range: Range; window: LiveWindow; stale: boolean; onChoose: (range: Range) => void }) {
  const { range, window, stale, onChoose } = props;
  const t = useT();
  if (stale && window.live) {
    return (
      <p role="status" className="flex items-center gap-1.5 text-sm font-medium text-blind">
        <StatusMark level="blind" size={14} />
        {t("replication.edge.stale")}
      </p>
    );
  }
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-x-3 text-sm text-ink-2">
      {range.kind === "fixed" ? (
        <span>
          <Period from={instant(window.from)} to={instant(window.to)} />
          <span className="pl-1.5 text-ink-3">{formatDuration(t, window.to - window.from)}</span>
        </span>
      ) : null}
      {window.live ? (
        <span
          className="flex items-center gap-1.5"
          title={t("replication.edge.pace", { pace: formatInterval(t, window.paceMs) })}
        >
          <Radio size={14} aria-hidden="true" className="text-accent" />
          {t("replication.edge.live")}
        </span>
      ) : (
        <button
          type="button"
          className={clsx(BUTTON, "border border-line-strong")}
          onClick={() => onChoose(backToLive(range))}
        >
          <Radio size={14} aria-hidden="true" />
          {t("replication.edge.back")}
        </button>
      )}
    </div>
  );
}

/** The shortest preset that holds a stretch as long as the one shown. */
function backToLive(range: Range): Range {
  const span = range.kind === "fixed" ? range.to - range.from : 0;
  return { kind: "live", preset: PRESETS.find((preset) => PRESET_MS[preset] >= span) ?? DEFAULT_PRESET };
}

function Jump() {
  const t = useT();
  return (
    <nav aria-label={t("replication.sections")} className="ml-auto hidden gap-3 text-xs lg:flex">
      {SECTIONS.map(({ id }) => (
        <a key={id} href={`#${id}`} className="text-ink-3 hover:text-ink hover:underline">
          {t(`replication.section.${id}`)}
        </a>
      ))}
    </nav>
  );
}
