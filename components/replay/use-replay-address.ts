"use client";
import { useEffect, useRef } from "react";
import { pastPath } from "@/lib/client/paths";
import { parseMoment } from "@/lib/client/replay";
import type { Player } from "@/lib/client/replay-player";

/** The address is written at most so often: browsers refuse floods of changes. */
const WRITE_MS = 500;

/**
 * Keeps `?at=` and the player together: the address follows the player, as a replacement of the same entry, and whoever comes
 * by a link to another moment is taken there.
 */
export function useReplayAddress(scope: string, atInAddress: string, player: Player): void {
  const written = useRef(atInAddress);
  const { at, jump } = player;

  useEffect(() => {
    if (atInAddress === written.current) return;
    written.current = atInAddress;
    const moment = parseMoment(atInAddress);
    if (moment !== null) jump(moment);
  }, [atInAddress, jump]);

  const latest = useRef(at);
  latest.current = at;
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => {
    if (parseMoment(written.current) === at || timer.current !== null) return;
    timer.current = setTimeout(() => {
      timer.current = null;
      written.current = new Date(latest.current).toISOString();
      window.history.replaceState(null, "", pastPath(scope, written.current));
    }, WRITE_MS);
  }, [scope, at]);
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
}
