"use client";
import { clsx } from "clsx";
import { useT } from "@/lib/client/i18n";
import { useLiveStore } from "@/lib/client/live-provider";
import { useLink, useNow } from "@/lib/client/use-live";
import { formatAge } from "@/lib/format/duration";

/**
 * The state of the connection and how old the picture is, always in sight. `at` is when the picture shown was made; without
 * one, the age counts from the last sign of life.
 */
export function LinkStatus(props: { at?: string | null; stale?: boolean }) {
  const t = useT();
  const { link, silent } = useLink();
  const { clock } = useLiveStore();
  const now = useNow();
  const heardAt = link.heardAt + (clock.now() - Date.now());
  const at = props.at ? Date.parse(props.at) : heardAt;
  const phase = silent && link.phase === "live" ? "silent" : link.phase;
  const calm = (phase === "live" || phase === "polling") && !props.stale;
  const waiting = phase === "connecting" && !silent;
  return (
    <div
      className={clsx(
        "flex items-center gap-2 rounded-md border px-2 py-1 text-xs whitespace-nowrap",
        calm || waiting ? "border-transparent text-ink-2" : "hatched border-crit-line bg-crit-soft text-crit",
      )}
      data-link={phase}
    >
      <LinkDot calm={calm} waiting={waiting} />
      <span className="font-medium">{t(`link.${phase}`)}</span>
      <span className="min-w-[4.5ch] text-right" suppressHydrationWarning>
        <span className="sr-only">{t("link.ageOfData")} </span>
        {formatAge(t, now - at)}
      </span>
    </div>
  );
}

function LinkDot(props: { calm: boolean; waiting: boolean }) {
  return (
    <svg aria-hidden="true" width="10" height="10" viewBox="0 0 10 10" className="shrink-0">
      {props.calm ? (
        <circle cx="5" cy="5" r="3.5" fill="currentColor" opacity="0.75" />
      ) : props.waiting ? (
        <circle cx="5" cy="5" r="3.5" fill="none" stroke="currentColor" strokeWidth="1.5" className="wait-pulse" />
      ) : (
        <path d="m1.5 1.5 7 7m0-7-7 7" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
      )}
    </svg>
  );
}
