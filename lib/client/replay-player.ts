"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type { EpochMs } from "@/lib/domain/ids";
import { useLiveStore } from "./live-provider";
import { advance, askedMoment, type Frame, type Speed, upcoming } from "./replay";
import { type PastPicture, prefetchPast, useFindChange, useFrames, usePastPicture } from "./replay-frames";

const TICK_MS = 100;
/** A picture is stored at least every ten seconds: one older than this is no picture of the moment, whatever it is of. */
const LASTS_MS = 30_000;
/** Pictures fetched ahead. */
const AHEAD = 8;

export type Player = {
  /** Where the replay stands. The picture shown is the last one recorded not after it. */
  readonly at: EpochMs;
  readonly playing: boolean;
  readonly speed: Speed;
  readonly picture: PastPicture;
  readonly frames: readonly Frame[];
  /** A change is being looked for. */
  readonly searching: boolean;
  /** What the last search came to: nothing further in that direction. */
  readonly nothing: 1 | -1 | null;
  play(): void;
  pause(): void;
  setSpeed(speed: Speed): void;
  /** Goes to a moment and stays there. */
  jump(at: EpochMs): void;
  /** To the next (1) or previous (-1) change. */
  step(direction: 1 | -1): void;
};

/** Plays the record of a cluster from `start` on. A picture that has not come yet holds the replay; a hole stops it. */
export function usePlayer(scope: string, start: EpochMs): Player {
  const [at, setAt] = useState(start);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>(1);
  const [search, setSearch] = useState<{ running: boolean; nothing: 1 | -1 | null }>(IDLE);
  const { clock } = useLiveStore();
  const client = useQueryClient();
  const { frames, known } = useFrames(scope, at);
  const asked = known ? askedMoment(frames, at) : null;
  const picture = ofMoment(usePastPicture(scope, asked), at);
  const find = useFindChange(scope);
  const latest = useRef({ at, frames, ready: false, hole: false });
  const ready = known && !picture.pending;
  const hole = ready && (picture.snapshot === null || picture.problem !== null);
  useEffect(() => {
    latest.current = { at, frames, ready, hole };
  });

  const jump = useCallback(
    (to: EpochMs) => {
      setPlaying(false);
      setSearch(IDLE);
      setAt(Math.min(Math.round(to), clock.now()));
    },
    [clock],
  );

  useEffect(() => {
    if (!playing) return;
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      const elapsed = now - last;
      last = now;
      const { at: from, frames: known, ready: go, hole: blind } = latest.current;
      if (blind) return setPlaying(false);
      if (!go) return;
      const end = clock.now();
      const to = advance(known, from, elapsed, speed, end);
      latest.current = { ...latest.current, at: to, ready: false };
      setAt(Math.round(to));
      if (to >= end) setPlaying(false);
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [playing, speed, clock]);

  useEffect(() => {
    const moments = upcoming(frames, at, playing ? speed : 1, TICK_MS, playing ? AHEAD : 2);
    prefetchPast(client, scope, moments, clock.now());
  }, [client, scope, frames, at, playing, speed, clock]);

  const step = async (direction: 1 | -1) => {
    setPlaying(false);
    setSearch({ running: true, nothing: null });
    const found = await find(direction, at).catch(() => null);
    setSearch({ running: false, nothing: found === null ? direction : null });
    if (found !== null) setAt(found);
  };

  return {
    at,
    playing,
    speed,
    picture,
    frames,
    searching: search.running,
    nothing: search.nothing,
    play: () => setPlaying(true),
    pause: () => setPlaying(false),
    setSpeed,
    jump,
    step: (direction) => void step(direction),
  };
}

/** Never an older picture in the place of a hole. */
function ofMoment(picture: PastPicture, at: EpochMs): PastPicture {
  const { snapshot, pending } = picture;
  const tooOld = !pending && snapshot != null && at - Date.parse(snapshot.at) > LASTS_MS;
  return tooOld ? { ...picture, snapshot: null } : picture;
}

const IDLE = { running: false, nothing: null } as const;
