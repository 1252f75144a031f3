"use client";
import { clsx } from "clsx";
import { memo } from "react";
import { useZone } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import type { Frame } from "@/lib/client/replay";
import type { EventSeverity, StoredEvent } from "@/lib/domain/events/event";
import { instant } from "@/lib/domain/ids";
import { messageText } from "@/lib/format/message";
import { formatClock, formatDateTime } from "@/lib/format/time";
import { holesIn } from "./holes";
import { placeIn, type Window } from "./window";

const MARK: Readonly<Record<EventSeverity, string>> = {
  info: "h-2 bg-line-strong",
  notice: "h-3 bg-ink-2",
  warn: "h-4 w-[3px] bg-warn",
  critical: "h-5 w-1 bg-crit",
};
const percent = (place: number) => `${(place * 100).toFixed(3)}%`;

/** The window as a slider: where the replay stands, what happened when, and where nothing was recorded. */
export function ReplaySlider(props: {
  window: Window;
  at: number;
  frames: readonly Frame[];
  events: readonly StoredEvent[];
  onMove: (at: number) => void;
}) {
  const { window, at } = props;
  const t = useT();
  const zone = useZone();
  const said = formatDateTime(t.locale, instant(at), zone) ?? "";
  return (
    <div>
      {/* The thumb of a slider stays inside of it by half its own width. */}
      <div className="relative mx-2 h-6" aria-hidden="true">
        <Marks window={window} frames={props.frames} events={props.events} />
      </div>
      <input
        type="range"
        min={window.from}
        max={window.to}
        step={100}
        value={at}
        aria-label={t("replay.position")}
        aria-valuetext={said}
        onChange={(event) => props.onMove(Number(event.target.value))}
        className="block w-full accent-ink"
      />
      <div className="figures flex justify-between text-2xs text-ink-3">
        <span>{formatClock(t.locale, instant(window.from), zone)}</span>
        <span className="font-sans">{zone}</span>
        <span>{formatClock(t.locale, instant(window.to), zone)}</span>
      </div>
    </div>
  );
}

// Redrawn only when something was recorded or the window moved, not with every tick of a replay.
const Marks = memo(function Marks(props: { window: Window; frames: readonly Frame[]; events: readonly StoredEvent[] }) {
  const { window } = props;
  const t = useT();
  return (
    <>
      <span className="absolute inset-x-0 bottom-0 border-b border-line" />
      {holesIn(props.frames, window).map((hole) => (
        <span
          key={hole.from}
          title={t("replay.hole")}
          className="hatched absolute inset-y-0 border-x border-dashed border-blind-line bg-blind-soft"
          style={{
            left: percent((hole.from - window.from) / (window.to - window.from)),
            width: percent((hole.to - hole.from) / (window.to - window.from)),
          }}
        />
      ))}
      {props.events.map((event) => {
        const place = placeIn(window, Date.parse(event.at));
        if (place === null) return null;
        return (
          <span
            key={event.id}
            data-mark={event.severity}
            title={messageText(t, event.text)}
            className={clsx("absolute bottom-0 w-0.5 -translate-x-1/2 rounded-t-xs", MARK[event.severity])}
            style={{ left: percent(place) }}
          />
        );
      })}
    </>
  );
});
