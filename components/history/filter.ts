import { type EventFilter, NO_FILTER } from "@/lib/client/record-api";
import { EVENT_KINDS, type EventSeverity } from "@/lib/domain/events/event";
import type { EpochMs } from "@/lib/domain/ids";
import { GROUP_OF_KIND, GROUPS, type Group, SEVERITIES } from "./kinds";

/** What the timeline is narrowed to, as the page's address carries it. */

const HOUR = 3_600_000;
/** Ranges that end now, by their name in the address. */
export const LASTS = { "1h": HOUR, "24h": 24 * HOUR, "7d": 168 * HOUR, "30d": 720 * HOUR } as const;
export type Last = keyof typeof LASTS;

export type TimelineFilter = {
  readonly groups: readonly Group[];
  readonly severities: readonly EventSeverity[];
  readonly subject: string;
  readonly search: string;
  /** A range that ends now; wins over `from` and `to`. */
  readonly last: Last | null;
  readonly from: EpochMs | null;
  readonly to: EpochMs | null;
};

export const EMPTY: TimelineFilter = {
  groups: [],
  severities: [],
  subject: "",
  search: "",
  last: null,
  from: null,
  to: null,
};

const among = <T extends string>(known: readonly T[], text: string | null): readonly T[] =>
  known.filter((one) => (text ?? "").split(",").includes(one));
const moment = (text: string | null): EpochMs | null => {
  const ms = Date.parse(text ?? "");
  return Number.isNaN(ms) ? null : ms;
};
const isLast = (text: string | null): text is Last => text !== null && Object.hasOwn(LASTS, text);

/** Reads an address; what it does not understand does not narrow. */
export function readFilter(query: Pick<URLSearchParams, "get">): TimelineFilter {
  const last = query.get("last");
  return {
    groups: among(GROUPS, query.get("group")),
    severities: among(SEVERITIES, query.get("severity")),
    subject: query.get("subject") ?? "",
    search: query.get("q") ?? "",
    last: isLast(last) ? last : null,
    from: isLast(last) ? null : moment(query.get("from")),
    to: isLast(last) ? null : moment(query.get("to")),
  };
}

/** The address of a filter, without the question mark; empty for one that does not narrow. */
export function writeFilter(filter: TimelineFilter): string {
  const query = new URLSearchParams();
  const set = (name: string, value: string) => {
    if (value !== "") query.set(name, value);
  };
  set("group", filter.groups.join(","));
  set("severity", filter.severities.join(","));
  set("subject", filter.subject.trim());
  set("q", filter.search.trim());
  if (filter.last !== null) set("last", filter.last);
  else {
    set("from", filter.from === null ? "" : new Date(filter.from).toISOString());
    set("to", filter.to === null ? "" : new Date(filter.to).toISOString());
  }
  return query.toString();
}

export const isEmpty = (filter: TimelineFilter): boolean => writeFilter(filter) === "";

/** What to ask the record for. `now` ends the ranges that end now; they stay open for what is yet to come. */
export function eventFilter(filter: TimelineFilter, now: EpochMs): EventFilter {
  const { groups, severities, last } = filter;
  return {
    ...NO_FILTER,
    kinds: groups.length === 0 ? [] : EVENT_KINDS.filter((kind) => groups.includes(GROUP_OF_KIND[kind])),
    severities,
    subject: filter.subject.trim() === "" ? null : filter.subject.trim(),
    search: filter.search.trim() === "" ? null : filter.search.trim(),
    from: last === null ? filter.from : now - LASTS[last],
    to: last === null ? filter.to : null,
  };
}

/** The list with `one` in it when it was not, and without it when it was. */
export const toggled = <T>(list: readonly T[], one: T): readonly T[] =>
  list.includes(one) ? list.filter((each) => each !== one) : [...list, one];
