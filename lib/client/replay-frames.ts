"use client";
import { keepPreviousData, type QueryClient, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import type { EpochMs } from "@/lib/domain/ids";
import type { Snapshot } from "@/lib/domain/snapshot";
import { type ApiProblem, problemOf } from "./api";
import { useLiveStore } from "./live-provider";
import { fetchEvents, fetchFrames, fetchPast, NO_FILTER } from "./record-api";
import { recordKeys } from "./record-hooks";
import { CHUNK_MS, chunkOf, type Frame, joinFrames, nextChange, previousChange } from "./replay";

/** What is younger than this may still be on its way into the store, and is asked for again. */
const SETTLED_MS = 30_000;
const POLL_MS = 2_000;
const KEPT_MS = 5 * 60_000;
/** Frames that one question may be answered with. */
const FRAMES_MAX = 5_000;
/** The longest stretch that one question may be about. */
const STRETCH_MS = 31 * 24 * 3_600_000;
/** Questions that one step into the future may cost; beyond them it says that it found nothing. */
const QUESTIONS_MAX = 12;

const framesOptions = (scope: string, chunk: EpochMs, now: () => EpochMs) => ({
  queryKey: recordKeys.frames(scope, chunk),
  queryFn: ({ signal }: { signal: AbortSignal }) => fetchFrames(scope, chunk, chunk + CHUNK_MS - 1, FRAMES_MAX, signal),
  gcTime: KEPT_MS,
  refetchInterval: () => (chunk + CHUNK_MS > now() - SETTLED_MS ? POLL_MS : (false as const)),
});

/** The places of the stored pictures around `at`; `known` once those of its own chunk have come, or could not be read. */
export function useFrames(scope: string, at: EpochMs): { frames: readonly Frame[]; known: boolean } {
  const { clock } = useLiveStore();
  const chunk = chunkOf(at);
  return useQueries({
    queries: [chunk - CHUNK_MS, chunk, chunk + CHUNK_MS].map((from) => framesOptions(scope, from, clock.now)),
    combine: joinAnswers,
  });
}

// Outside of the hook, so that the join is kept for as long as the answers are the same.
const joinAnswers = (answers: { data?: readonly Frame[] | undefined; error: Error | null }[]) => ({
  frames: joinFrames(answers.map(({ data }) => data ?? [])),
  // Without the places the store can still be asked for a moment, and tells what is wrong with it.
  known: answers[1]?.data !== undefined || answers[1]?.error != null,
});

const pastOptions = (scope: string, asked: EpochMs, now: EpochMs) => ({
  queryKey: recordKeys.past(scope, asked),
  queryFn: ({ signal }: { signal: AbortSignal }) => fetchPast(scope, asked, signal),
  staleTime: now - asked < SETTLED_MS ? POLL_MS : Number.POSITIVE_INFINITY,
  gcTime: KEPT_MS,
});

export type PastPicture = {
  /** Null: nothing was recorded then. Undefined: not known yet, or it could not be read. */
  readonly snapshot: Snapshot | null | undefined;
  /** `snapshot` is the one shown before; the one asked for is on its way. */
  readonly pending: boolean;
  readonly problem: ApiProblem | null;
};

/** The picture that the store has for `asked`; the one shown before stays until it has come. */
export function usePastPicture(scope: string, asked: EpochMs | null): PastPicture {
  const { clock } = useLiveStore();
  const picture = useQuery({
    ...pastOptions(scope, asked ?? 0, clock.now()),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
  });
  return {
    snapshot: picture.data,
    pending: picture.isPlaceholderData || (picture.data === undefined && !picture.error),
    problem: picture.error && !picture.isFetching ? problemOf(picture.error) : null,
  };
}

/** Fetches pictures before they are shown. */
export function prefetchPast(client: QueryClient, scope: string, moments: readonly EpochMs[], now: EpochMs): void {
  for (const moment of moments) void client.prefetchQuery(pastOptions(scope, moment, now));
}

/** Finds the change next to `at`, also where no frame has been fetched yet; null when there is none. */
export function useFindChange(scope: string): (direction: 1 | -1, at: EpochMs) => Promise<EpochMs | null> {
  const client = useQueryClient();
  const { clock } = useLiveStore();
  const chunkAt = (at: EpochMs) => client.fetchQuery(framesOptions(scope, chunkOf(at), clock.now));
  return async (direction, at) =>
    direction === 1 ? findNext(scope, at, clock.now()) : findPrevious(scope, at, chunkAt);
}

async function findNext(scope: string, at: EpochMs, now: EpochMs): Promise<EpochMs | null> {
  let frames: readonly Frame[] = [];
  let from = at;
  for (let question = 0; question < QUESTIONS_MAX; question += 1) {
    const to = Math.min(now, from + STRETCH_MS);
    const more = await fetchFrames(scope, from, to, FRAMES_MAX);
    frames = joinFrames([frames.slice(-1), more]);
    const found = nextChange(frames, at);
    if (found) return found.at;
    const last = more.length < FRAMES_MAX ? to : (more.at(-1)?.at ?? to);
    if (last <= from || last >= now) return null;
    from = last;
  }
  return null;
}

async function findPrevious(
  scope: string,
  at: EpochMs,
  chunkAt: (at: EpochMs) => Promise<readonly Frame[]>,
): Promise<EpochMs | null> {
  const near = joinFrames(await Promise.all([chunkAt(at - CHUNK_MS), chunkAt(at)]));
  const found = previousChange(near, at);
  if (found) return found.at;
  // Nothing changed for a while: the record of events tells where it last did.
  const { events } = await fetchEvents(scope, { ...NO_FILTER, to: at - 1 }, { before: null, limit: 1 });
  const event = events[0];
  if (!event) return null;
  const moment = Date.parse(event.at);
  return previousChange(await chunkAt(moment), Math.min(at, moment + 1))?.at ?? moment;
}
