import type { EpochMs } from "../ids";
import { type Look, STALE_AFTER_INTERVALS } from "../observation";

type Room<T> = Readonly<Record<string, Look<T>>>;
type Seen<T> = { readonly value: T; readonly at: EpochMs };

/** A look that brought a new answer, with the answer before it. */
export type Moved<T> = Seen<T> & {
  readonly target: string;
  readonly was: Seen<T> | null;
  /** Between the two, in ms; null without the other. */
  readonly sinceMs: number | null;
  /** More than three beats passed between them: we were blind, and a rate over that time would hide it. */
  readonly blind: boolean;
};

/** The looks of a room that have a newer good answer than before. */
export function movedLooks<T>(before: Room<T> | undefined, after: Room<T>): Moved<T>[] {
  return Object.entries(after).flatMap(([target, look]) => {
    const was = before?.[target]?.good ?? null;
    if (!look.good || (was && look.good.at <= was.at)) return [];
    const { value, at } = look.good;
    const sinceMs = was && at - was.at;
    const blind = sinceMs !== null && sinceMs > look.intervalMs * STALE_AFTER_INTERVALS;
    return [{ target, value, at, was, sinceMs, blind }];
  });
}

/** How much a counter grew; null when it did not, for then it began anew. */
export const grown = (now: number, then: number): number | null => (now >= then ? now - then : null);

const MS_PER_SECOND = 1_000;

/** Growth a second; null when blind, without time between, and when the counter began anew. */
export function perSecond<T>({ sinceMs, blind }: Moved<T>, growth: number | null): number | null {
  return growth === null || sinceMs === null || sinceMs <= 0 || blind ? null : (growth * MS_PER_SECOND) / sinceMs;
}
