"use client";
import { useEffect, useRef } from "react";
import type { Player } from "@/lib/client/replay-player";

const ARROW_MS = 1_000;
const SHIFT_MS = 10_000;

/** Controls that need these keys for themselves. A slider is not among them: arrows mean the same there. */
const TYPES_HERE = "input:not([type=range]),textarea,select,[contenteditable=true],[role=dialog],dialog";
const PRESSES = "button,a[href],summary";

/** Space plays and pauses; arrows go by a second, with shift by ten; comma and full stop go from change to change. */
export function useReplayKeys(player: Player): void {
  const latest = useRef(player);
  useEffect(() => {
    latest.current = player;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest(TYPES_HERE)) return;
      if (event.key === " " && target?.closest(PRESSES)) return;
      if (act(latest.current, event)) event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown, { capture: true });
    return () => document.removeEventListener("keydown", onKeyDown, { capture: true });
  }, []);
}

function act(player: Player, { key, shiftKey }: KeyboardEvent): boolean {
  const by = shiftKey ? SHIFT_MS : ARROW_MS;
  if (key === " ") player.playing ? player.pause() : player.play();
  else if (key === "ArrowLeft") player.jump(player.at - by);
  else if (key === "ArrowRight") player.jump(player.at + by);
  else if (key === ",") player.step(-1);
  else if (key === ".") player.step(1);
  else return false;
  return true;
}
