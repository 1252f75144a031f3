"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { clusterKeys } from "@/lib/client/keys";
import { useLiveStore } from "@/lib/client/live-provider";
import type { Held } from "@/lib/contract/stream";
import { alarmAfter, type Known } from "./alarm";
import { createSpeaker, type Speaker } from "./sound";

/** Several clusters behind one dead host sound once. */
const APART_MS = 5_000;

export type SoundState = "off" | "on" | "muted";

/** Sounds when something critical is new on any of these clusters, shown or not; tells whether it can. */
export function useAlarm(scopes: readonly string[], wanted: boolean): SoundState {
  const client = useQueryClient();
  const { clock } = useLiveStore();
  const [speaker, setSpeaker] = useState<Speaker | null>(null);
  const key = scopes.join(",");

  useEffect(() => {
    if (!wanted) return;
    const made = createSpeaker();
    setSpeaker(made);
    return () => made?.close();
  }, [wanted]);

  useEffect(() => {
    if (!wanted || speaker === null) return;
    const known = new Map<string, Known>();
    let soundedAt = Number.NEGATIVE_INFINITY;
    const look = () => {
      const now = clock.now();
      let sound = false;
      for (const scope of key.split(",")) {
        const snapshot = client.getQueryData<Held>(clusterKeys.snapshot(scope))?.snapshot;
        if (!snapshot) continue;
        const after = alarmAfter(known.get(scope) ?? null, snapshot, now);
        known.set(scope, after.known);
        sound ||= after.sound;
      }
      if (!sound || now - soundedAt < APART_MS) return;
      soundedAt = now;
      speaker.play();
    };
    look();
    // Once a second is soon enough for an ear, and costs the same however fast pictures come.
    return clock.subscribe(look);
  }, [client, clock, key, speaker, wanted]);

  const able = useSyncExternalStore(
    speaker?.subscribe ?? never,
    () => speaker?.able() ?? false,
    () => false,
  );
  return wanted ? (able ? "on" : "muted") : "off";
}

const never = () => () => undefined;
