import type { StoredEvent, WriteGap } from "@/lib/domain/events/event";
import type { TimelineFilter } from "./filter";

/** What the timeline lists: events, and the times during which the client's eye could not have written. */
export type Item =
  | { readonly type: "event"; readonly key: string; readonly at: string; readonly event: StoredEvent }
  | { readonly type: "gap"; readonly key: string; readonly at: string; readonly gap: WriteGap };

export type Day = { readonly key: string; readonly at: string; readonly items: readonly Item[] };

/** Length of a gap in ms; null while it lasts. */
export const gapMs = (gap: WriteGap): number | null =>
  gap.endedAt === null ? null : Date.parse(gap.endedAt) - Date.parse(gap.startedAt);

/** A gap stands where it began. It is narrowed by what it has: its kind, its members, its severity; it has no words to search. */
export function gapMatches(gap: WriteGap, filter: TimelineFilter): boolean {
  const { groups, severities, subject, search } = filter;
  return (
    (groups.length === 0 || groups.includes("writes")) &&
    (severities.length === 0 || severities.includes("critical")) &&
    (subject.trim() === "" || subject.trim() === gap.from || subject.trim() === gap.to) &&
    search.trim() === ""
  );
}

/**
 * Events and gaps in one list, newest first by the time of the happening; of one moment, the later told first. A gap that is an
 * event already is not listed twice. While older pages are missing, gaps before the oldest event wait for them.
 */
export function inOrder(events: readonly StoredEvent[], gaps: readonly WriteGap[], complete: boolean): readonly Item[] {
  const byId = new Map(events.map((event) => [event.id, event]));
  const told = new Set(events.filter(({ kind }) => kind === "write-gap").map(({ at }) => at));
  const list = [...byId.values()].sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || b.id - a.id);
  const oldest = list.at(-1)?.at;
  const shown = gaps.filter(
    ({ startedAt }) => !told.has(startedAt) && (complete || oldest === undefined || startedAt >= oldest),
  );
  const items: Item[] = [
    ...list.map((event) => ({ type: "event", key: String(event.id), at: event.at, event }) as const),
    ...shown.map((gap) => ({ type: "gap", key: `gap ${gap.startedAt}`, at: gap.startedAt, gap }) as const),
  ];
  // The sort is stable: events keep their own order.
  return items.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

/** Gathers items, newest first, under the calendar days of the given zone. */
export function byDay(items: readonly Item[], zone: string): readonly Day[] {
  const dayOf = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" });
  const days: { key: string; at: string; items: Item[] }[] = [];
  for (const item of items) {
    const key = dayOf.format(Date.parse(item.at));
    const last = days.at(-1);
    if (last?.key === key) last.items.push(item);
    else days.push({ key, at: item.at, items: [item] });
  }
  return days;
}

/** How many of the newest events the list does not have yet. A late entry about an old time counts too: it is news. */
export function countNew(newest: readonly StoredEvent[] | null, shown: readonly StoredEvent[]): number {
  const known = Math.max(0, ...shown.map(({ id }) => id));
  return (newest ?? []).filter(({ id }) => id > known).length;
}
