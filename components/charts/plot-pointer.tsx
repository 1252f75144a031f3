"use client";
import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { useT } from "@/lib/client/i18n";
import { LEAST_SPAN_MS } from "@/lib/client/series-range";
import { formatDateTime } from "@/lib/format/time";
import { useAtCrosshair, useCrosshair } from "./crosshair";
import { insets, momentAt, partOf, percent } from "./frame";
import type { Span } from "./plot-data";
import { Tooltip } from "./tooltip";

const DRAG_PX = 6;
const KEY_STEP_PART = 0.01;
const KEY_LEAP_PART = 0.1;

/** Scales that differ by less are one: the live edge moves a little with each look. */
const SAME_SCALE = 0.01;

/** Where a selection began; `spanMs`: what the whole plot showed then. */
type Anchor = { readonly at: number; readonly x: number; readonly dragged: boolean; readonly spanMs: number };

type TooltipProps = Omit<Parameters<typeof Tooltip>[0], "at">;

/**
 * Takes the pointer and the keyboard over a plot. Hovering or the arrow keys move the crosshair of the whole page; dragging, or
 * Shift with the arrow keys and Enter, selects a stretch; Escape lets go.
 */
export function PlotPointer(props: {
  name: string;
  window: Span;
  zone: string;
  narrow: boolean;
  onSelect: (from: number, to: number) => void;
  onZoomOut: () => void;
  tooltip: TooltipProps;
}) {
  const { window, zone } = props;
  const t = useT();
  const crosshair = useCrosshair();
  const [active, setActive] = useState(false);
  const [anchor, setAnchor] = useState<Anchor | null>(null);

  const momentOf = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return momentAt((event.clientX - box.left) / Math.max(1, box.width), window);
  };
  const choose = (at: number) => {
    // A stretch that was begun on one scale and ended on another is none that anybody saw.
    const from = anchor && Math.abs(anchor.spanMs / (window.to - window.from) - 1) < SAME_SCALE ? anchor.at : undefined;
    setAnchor(null);
    if (from !== undefined && Math.abs(at - from) >= LEAST_SPAN_MS / 10)
      props.onSelect(Math.min(from, at), Math.max(from, at));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const step = KEYS[event.key];
    const at = crosshair.latest() ?? window.to;
    if (event.key === "Enter" && anchor) choose(at);
    else if (event.key === "Escape") {
      setAnchor(null);
      crosshair.set(null);
    } else if (event.key === "-") props.onZoomOut();
    else if (step === undefined) return;
    else {
      if (event.shiftKey && !anchor) setAnchor({ at, x: 0, dragged: true, spanMs: window.to - window.from });
      crosshair.set(momentAt(partOf(at, window) + step, window));
    }
    event.preventDefault();
  };

  return (
    <div className="absolute" style={insets(props.narrow)}>
      <Slider
        name={props.name}
        window={window}
        zone={zone}
        handlers={{
          onKeyDown,
          onFocus: (event) => setActive(event.currentTarget.matches(":focus-visible")),
          onBlur: () => {
            setActive(false);
            setAnchor(null);
            crosshair.set(null);
          },
          onPointerDown: (event) => {
            if (event.button !== 0) return;
            event.currentTarget.setPointerCapture?.(event.pointerId);
            setAnchor({ at: momentOf(event), x: event.clientX, dragged: false, spanMs: window.to - window.from });
          },
          onPointerMove: (event) => {
            setActive(true);
            crosshair.set(momentOf(event));
            if (anchor && !anchor.dragged && Math.abs(event.clientX - anchor.x) >= DRAG_PX) {
              setAnchor({ ...anchor, dragged: true });
            }
          },
          onPointerUp: (event) => {
            if (anchor?.dragged) choose(momentOf(event));
            else setAnchor(null);
          },
          onPointerCancel: () => setAnchor(null),
          onPointerLeave: () => {
            setActive(false);
            if (!anchor) crosshair.set(null);
          },
          onDoubleClick: props.onZoomOut,
        }}
      />
      <CrosshairLine window={window} anchor={anchor?.dragged ? anchor.at : null} />
      {active ? <TooltipAtCrosshair {...props.tooltip} /> : null}
      <span aria-live="polite" className="sr-only">
        {anchor?.dragged ? t("charts.selecting") : ""}
      </span>
    </div>
  );
}

const KEYS: Readonly<Record<string, number | undefined>> = {
  ArrowLeft: -KEY_STEP_PART,
  ArrowRight: KEY_STEP_PART,
  PageDown: -KEY_LEAP_PART,
  PageUp: KEY_LEAP_PART,
  Home: -1,
  End: 1,
};

type Handlers = Pick<
  React.DOMAttributes<HTMLDivElement>,
  | "onKeyDown"
  | "onFocus"
  | "onBlur"
  | "onPointerDown"
  | "onPointerMove"
  | "onPointerUp"
  | "onPointerCancel"
  | "onPointerLeave"
  | "onDoubleClick"
>;

function Slider(props: { name: string; window: Span; zone: string; handlers: Handlers }) {
  const { window, zone } = props;
  const t = useT();
  const at = Math.round(useAtCrosshair((moment) => moment) ?? window.to);
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={t("charts.moment", { chart: props.name })}
      aria-valuemin={Math.round(window.from)}
      aria-valuemax={Math.round(window.to)}
      aria-valuenow={Math.min(Math.round(window.to), Math.max(Math.round(window.from), at))}
      aria-valuetext={formatDateTime(t.locale, new Date(at).toISOString(), zone) ?? ""}
      className="absolute inset-0 cursor-crosshair touch-pan-y select-none"
      {...props.handlers}
    />
  );
}

function CrosshairLine(props: { window: Span; anchor: number | null }) {
  const { window, anchor } = props;
  const part = useAtCrosshair((at) => (at === null || at < window.from || at > window.to ? null : partOf(at, window)));
  if (part === null) return null;
  const from = anchor === null ? part : partOf(anchor, window);
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-0 overflow-hidden">
      {anchor === null ? null : (
        <div
          data-selection=""
          className="absolute inset-y-0 border-x border-accent bg-accent/15"
          style={{ left: percent(Math.min(from, part)), width: percent(Math.abs(part - from)) }}
        />
      )}
      <div
        data-crosshair=""
        className="absolute inset-0 border-l border-ink-2 will-change-transform"
        style={{ transform: `translateX(${percent(part)})` }}
      />
    </div>
  );
}

function TooltipAtCrosshair(props: TooltipProps) {
  const at = useAtCrosshair((moment) => moment);
  return at === null ? null : <Tooltip at={at} {...props} />;
}
