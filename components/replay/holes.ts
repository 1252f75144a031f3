import type { Frame } from "@/lib/client/replay";
import type { Window } from "./window";

/** Silence between two runs of the dashboard that is shorter than this is a restart, not worth a hole. */
const RESTART_MS = 1_000;
/** Within a run a picture is stored at least every ten seconds. */
const SILENCE_MS = 30_000;

/** Stretches of the window of which there is no picture: between two runs, and where a run recorded nothing. `frames` are oldest first. */
export function holesIn(frames: readonly Frame[], window: Window): readonly Window[] {
  return frames.flatMap((frame, i) => {
    const before = frames[i - 1];
    if (!before || frame.at - before.at <= (before.boot === frame.boot ? SILENCE_MS : RESTART_MS)) return [];
    const from = Math.max(before.at, window.from);
    const to = Math.min(frame.at, window.to);
    return to > from ? [{ from, to }] : [];
  });
}
