import type { PauseNote } from "@/lib/domain/actions/operation";
import type { EpochMs } from "@/lib/domain/ids";

/** How a pause stands with its end; times in ms. `elsewhere`: paused, and not by us. */
export type PauseStanding =
  | { readonly kind: "elsewhere" | "open" }
  | { readonly kind: "left" | "resumes" | "over" | "resuming"; readonly ms: number };

/** Longer than this after the end, a pause that should have ended by itself did not. */
const RESUMING_MS = 60_000;

export function pauseStanding(note: PauseNote | null, now: EpochMs): PauseStanding {
  if (note === null) return { kind: "elsewhere" };
  if (note.until === null) return { kind: "open" };
  const left = Date.parse(note.until) - now;
  if (left > 0) return { kind: note.resumeAtEnd ? "resumes" : "left", ms: left };
  return { kind: note.resumeAtEnd && -left < RESUMING_MS ? "resuming" : "over", ms: -left };
}
