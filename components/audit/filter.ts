import { LASTS, type Last } from "@/components/history/filter";
import type { AuditAsked } from "@/lib/client/audit";
import { ACTION_KINDS } from "@/lib/domain/actions/request";
import type { AuditKind } from "@/lib/domain/audit";
import type { EpochMs } from "@/lib/domain/ids";

/** What the log is narrowed to, as the page's address carries it. */

/** Kinds as they are chosen among; every kind stands in one group. */
export const KINDS_OF_GROUP = {
  plans: ["plan"],
  operations: [
    "operation-requested",
    "operation-approved",
    "operation-withdrawn",
    "operation-refused",
    "operation-ended",
    "operation-resumed",
  ],
  steps: ["operation-step"],
  alerts: ["alert-acknowledged", "silence-made", "silence-ended", "notifier-tested"],
  "sign-ins": ["sign-in", "sign-in-refused", "sign-out"],
  dashboard: ["dashboard"],
} as const satisfies Readonly<Record<string, readonly AuditKind[]>>;
export type Group = keyof typeof KINDS_OF_GROUP;
export const GROUPS = Object.keys(KINDS_OF_GROUP) as readonly Group[];

export type AuditFilter = {
  readonly groups: readonly Group[];
  readonly scope: string;
  readonly actor: string;
  readonly action: string;
  /** An operation's id, followed from a row or from its own page. */
  readonly operation: string;
  readonly search: string;
  /** A range that ends now; wins over `from` and `to`. */
  readonly last: Last | null;
  readonly from: EpochMs | null;
  readonly to: EpochMs | null;
  /** Number of the row to show first, and open. */
  readonly row: number | null;
};

export const EMPTY: AuditFilter = {
  groups: [],
  scope: "",
  actor: "",
  action: "",
  operation: "",
  search: "",
  last: null,
  from: null,
  to: null,
  row: null,
};

const moment = (text: string | null): EpochMs | null => {
  const ms = Date.parse(text ?? "");
  return Number.isNaN(ms) ? null : ms;
};
const isLast = (text: string | null): text is Last => text !== null && Object.hasOwn(LASTS, text);

/** Reads an address; what it does not understand does not narrow. */
export function readFilter(query: Pick<URLSearchParams, "get">): AuditFilter {
  const last = query.get("last");
  const action = query.get("action") ?? "";
  const row = Number(query.get("row") ?? Number.NaN);
  return {
    groups: GROUPS.filter((group) => (query.get("group") ?? "").split(",").includes(group)),
    scope: query.get("scope") ?? "",
    actor: query.get("actor") ?? "",
    action: ACTION_KINDS.some((kind) => kind === action) ? action : "",
    operation: query.get("operation") ?? "",
    search: query.get("q") ?? "",
    last: isLast(last) ? last : null,
    from: isLast(last) ? null : moment(query.get("from")),
    to: isLast(last) ? null : moment(query.get("to")),
    row: Number.isSafeInteger(row) && row > 0 ? row : null,
  };
}

/** The address of a filter, without the question mark; empty for one that does not narrow. */
export function writeFilter(filter: AuditFilter): string {
  const query = new URLSearchParams();
  const set = (name: string, value: string) => {
    if (value !== "") query.set(name, value);
  };
  const iso = (at: EpochMs | null) => (at === null ? "" : new Date(at).toISOString());
  set("group", filter.groups.join(","));
  set("scope", filter.scope);
  set("actor", filter.actor);
  set("action", filter.action);
  set("operation", filter.operation);
  set("q", filter.search.trim());
  set("last", filter.last ?? "");
  set("from", filter.last === null ? iso(filter.from) : "");
  set("to", filter.last === null ? iso(filter.to) : "");
  set("row", filter.row === null ? "" : String(filter.row));
  return query.toString();
}

export const isEmpty = (filter: AuditFilter): boolean => writeFilter(filter) === "";

/** What to ask for. `now` ends the ranges that end now; they stay open for what is yet to come. */
export function askedOf(filter: AuditFilter, now: EpochMs): AuditAsked {
  const orNull = (text: string) => (text.trim() === "" ? null : text.trim());
  return {
    from: filter.last === null ? filter.from : now - LASTS[filter.last],
    to: filter.last === null ? filter.to : null,
    kinds: filter.groups.flatMap((group) => KINDS_OF_GROUP[group]),
    scope: orNull(filter.scope),
    actor: orNull(filter.actor),
    action: orNull(filter.action),
    operation: orNull(filter.operation),
    search: orNull(filter.search),
    upTo: filter.row,
  };
}
