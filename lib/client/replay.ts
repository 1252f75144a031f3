import type { FramesAnswer } from "@/lib/contract/record";
import type { EpochMs } from "@/lib/domain/ids";

/** Where a replay stands and goes: pure, the clock and the store come in as arguments. */

export type Frame = FramesAnswer["frames"][number];

/** Recorded ms that pass in one ms of the reader's. */
export const SPEEDS = [1, 4, 16, 60] as const;
export type Speed = (typeof SPEEDS)[number];

/** Frames are fetched in pieces of this length, at fixed places, so that each is fetched once. */
export const CHUNK_MS = 10 * 60_000;
export const chunkOf = (at: EpochMs): EpochMs => Math.floor(at / CHUNK_MS) * CHUNK_MS;

/** A picture asked for by time alone is asked for to this precision, so that the answer can be kept. */
const ASK_MS = 1_000;

/** Index of the last frame not after `at`; -1 before the first. `frames` are oldest first. */
export function frameIndexAt(frames: readonly Frame[], at: EpochMs): number {
  let low = 0;
  let high = frames.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const frame = frames[middle];
    if (frame && frame.at <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * The moment to ask the store for, to see what was at `at`. Between two frames of one boot that is the earlier frame. After the
 * last one, and across a change of boot, only the store knows how long the dashboard still ran: it is asked for the moment itself.
 */
export function askedMoment(frames: readonly Frame[], at: EpochMs): EpochMs {
  const index = frameIndexAt(frames, at);
  const frame = frames[index];
  const next = frames[index + 1];
  if (frame && (frame.at === at || (next && next.boot === frame.boot))) return frame.at;
  const whole = Math.floor(at / ASK_MS) * ASK_MS;
  return frame && whole < frame.at ? at : whole;
}

/** The next urgent frame after `at`, or the first of another boot; null when none is known. */
export function nextChange(frames: readonly Frame[], at: EpochMs): Frame | null {
  const index = frameIndexAt(frames, at);
  return frames.find((frame, i) => i > index && isChange(frames, i) && frame.at > at) ?? null;
}

/** The last urgent frame before the one that `at` shows; null when none is known. */
export function previousChange(frames: readonly Frame[], at: EpochMs): Frame | null {
  const shown = frames[frameIndexAt(frames, at)];
  const before = shown ? Math.min(at, shown.at) : at;
  return frames.findLast((frame, i) => frame.at < before && isChange(frames, i)) ?? null;
}

const isChange = (frames: readonly Frame[], index: number): boolean =>
  frames[index]?.urgent === true || (index > 0 && frames[index]?.boot !== frames[index - 1]?.boot);

/**
 * Where the replay stands after `elapsedMs` of the reader's time. It never passes a change without standing on it, however
 * fast it runs, and never passes `end`.
 */
export function advance(frames: readonly Frame[], at: EpochMs, elapsedMs: number, speed: Speed, end: EpochMs): EpochMs {
  const wanted = at + elapsedMs * speed;
  const change = nextChange(frames, at);
  return Math.min(wanted, change?.at ?? Number.POSITIVE_INFINITY, Math.max(at, end));
}

/** Moments of the pictures that come next, for fetching them before they are needed. */
export function upcoming(
  frames: readonly Frame[],
  at: EpochMs,
  speed: Speed,
  tickMs: number,
  count: number,
): EpochMs[] {
  const moments: EpochMs[] = [];
  let place = at;
  for (let step = 0; step < count * 4 && moments.length < count; step += 1) {
    place = advance(frames, place, tickMs, speed, Number.POSITIVE_INFINITY);
    const frame = frames[frameIndexAt(frames, place)];
    if (frame && frame.at > at && frame.at !== moments.at(-1)) moments.push(frame.at);
  }
  return moments;
}

/** Joins pieces of frames, in any order, into one list without repeats, oldest first. */
export function joinFrames(pieces: readonly (readonly Frame[])[]): readonly Frame[] {
  const byKey = new Map(pieces.flat().map((frame) => [`${frame.at} ${frame.boot} ${frame.version}`, frame]));
  return [...byKey.values()].sort((a, b) => a.at - b.at || a.version - b.version);
}

/** The time that a reader typed or an address carries, in epoch ms; null for what is no time. */
export function parseMoment(text: string | null): EpochMs | null {
  if (text === null || text.trim() === "") return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}
