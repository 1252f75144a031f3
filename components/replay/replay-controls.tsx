"use client";
import { clsx } from "clsx";
import { Pause, Play, SkipBack, SkipForward } from "lucide-react";
import type { ReactNode } from "react";
import { useT } from "@/lib/client/i18n";
import { SPEEDS } from "@/lib/client/replay";
import type { Player } from "@/lib/client/replay-player";
import { formatInterval } from "@/lib/format/duration";
import { MomentField } from "./moment-field";
import { SPANS_MS } from "./window";

const BUTTON =
  "inline-flex h-8 items-center justify-center gap-1.5 rounded-md border border-line-strong bg-surface px-2.5 text-sm text-ink hover:bg-raised disabled:text-ink-3";

/** What moves through the record: play, changes, speed, a typed moment, the length of the slider. */
export function ReplayControls(props: { player: Player; spanMs: number; onSpan: (ms: number) => void }) {
  const { player, spanMs } = props;
  const t = useT();
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <div className="flex items-center gap-1.5">
        <Step player={player} direction={-1} label={t("replay.previousChange")}>
          <SkipBack size={15} aria-hidden="true" />
        </Step>
        <button
          type="button"
          className={clsx(BUTTON, "min-w-24")}
          aria-keyshortcuts="Space"
          onClick={player.playing ? player.pause : player.play}
        >
          {player.playing ? <Pause size={15} aria-hidden="true" /> : <Play size={15} aria-hidden="true" />}
          {player.playing ? t("replay.pause") : t("replay.play")}
        </button>
        <Step player={player} direction={1} label={t("replay.nextChange")}>
          <SkipForward size={15} aria-hidden="true" />
        </Step>
      </div>
      <fieldset className="flex items-center">
        <legend className="sr-only">{t("replay.speed")}</legend>
        {SPEEDS.map((speed) => (
          <label
            key={speed}
            className="-ml-px cursor-pointer border border-line-strong bg-surface px-2 text-sm leading-[30px] text-ink-2 first-of-type:rounded-l-md last-of-type:rounded-r-md has-checked:bg-ink has-checked:text-canvas has-focus-visible:z-10 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="replay-speed"
              className="sr-only"
              checked={player.speed === speed}
              onChange={() => player.setSpeed(speed)}
            />
            {t("replay.times", { speed })}
          </label>
        ))}
      </fieldset>
      <MomentField at={player.at} onGo={player.jump} />
      <label className="flex items-center gap-2 text-sm text-ink-2">
        {t("replay.span")}
        <select
          value={SPANS_MS.some((span) => span === spanMs) ? spanMs : ""}
          onChange={(event) => props.onSpan(Number(event.target.value))}
          className="h-8 rounded-md border border-line-strong bg-surface px-2 text-ink"
        >
          {SPANS_MS.some((span) => span === spanMs) ? null : <option value="">{formatInterval(t, spanMs)}</option>}
          {SPANS_MS.map((span) => (
            <option key={span} value={span}>
              {formatInterval(t, span)}
            </option>
          ))}
        </select>
      </label>
      <p role="status" className="text-sm text-ink-2">
        {player.searching
          ? t("replay.searching")
          : player.nothing === null
            ? null
            : t(player.nothing === 1 ? "replay.nothingAfter" : "replay.nothingBefore")}
      </p>
    </div>
  );
}

function Step(props: { player: Player; direction: 1 | -1; label: string; children: ReactNode }) {
  const { player, direction } = props;
  return (
    <button
      type="button"
      className={BUTTON}
      title={props.label}
      aria-label={props.label}
      aria-keyshortcuts={direction === 1 ? "." : ","}
      disabled={player.searching}
      onClick={() => player.step(direction)}
    >
      {props.children}
    </button>
  );
}
