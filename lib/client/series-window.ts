"use client";
import { useSearchParams } from "next/navigation";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useLiveStore } from "./live-provider";
import { isLive, PRESET_MS, paceMs, type Range, readRange, type Window, windowOf, writeRange } from "./series-range";

/** The range in the page's address, and a way to change it that "back" undoes. */
export function useRange(): readonly [Range, (range: Range) => void] {
  const params = useSearchParams();
  const text = params.toString();
  const range = useMemo(() => readRange(new URLSearchParams(text)), [text]);
  const choose = useCallback((next: Range) => {
    const query = writeRange(next, new URLSearchParams(window.location.search));
    // Not the router: the server has nothing to say to another range, and the page must not be asked for again.
    window.history.pushState(null, "", query === "" ? window.location.pathname : `?${query}`);
  }, []);
  return [range, choose];
}

/** The stretch that is asked for now. `key` is the same for all windows of one range. */
export type LiveWindow = Window & { readonly key: string; readonly live: boolean; readonly paceMs: number };

/**
 * The window of a range. A live one moves on at the pace of its points while `moving`; it stands still on a page that is stale
 * or hidden, so that nothing pretends to be live.
 */
export function useWindow(range: Range, moving: boolean): LiveWindow {
  const { clock } = useLiveStore();
  const [now, setNow] = useState(() => clock.now());
  const key = range.kind === "live" ? range.preset : `${range.from}-${range.to}`;
  const span = range.kind === "live" ? PRESET_MS[range.preset] : range.to - range.from;
  const pace = paceMs({ from: 0, to: span });
  const live = isLive(range, now);

  useEffect(() => {
    if (!live || !moving) return;
    const move = () => {
      if (document.visibilityState !== "hidden") setNow(clock.now());
    };
    move();
    const timer = setInterval(move, pace);
    document.addEventListener("visibilitychange", move);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", move);
    };
  }, [clock, live, moving, pace]);

  return useMemo(() => ({ ...windowOf(range, now), key, live, paceMs: pace }), [range, now, key, live, pace]);
}
