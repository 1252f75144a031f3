import type { Operation } from "../actions/operation";
import type { ConfigurationPatch } from "../actions/request";
import type { StoredEvent } from "../events/event";
import type { Instant } from "../ids";
import type { Difference } from "./compare";
import { leavesOf, sameValue } from "./path";
import { redact } from "./redact";

/** One change of the dynamic configuration: seen, asked for from here, or both. Without secrets. */
export type ConfigurationChange = {
  /** `event:<id>` or `operation:<id>`. */
  readonly id: string;
  /** When it was seen; where nothing was seen, when it was asked for. */
  readonly at: Instant;
  /** What was seen to change; null for an operation after which nothing was seen. */
  readonly differences: readonly Difference[] | null;
  /** How many there were; more than are listed where a change was very large. */
  readonly count: number;
  /** What was asked for; null for a change that was made elsewhere, for example with `patronictl edit-config`. */
  readonly patch: ConfigurationPatch | null;
  readonly operation:
    | (Pick<Operation, "id" | "actor" | "reason" | "state" | "approvedBy" | "outcome"> & { readonly askedAt: Instant })
    | null;
};

/** How long after the end of an operation what it changed may be seen first, in ms. */
const SEEN_WITHIN_MS = 60_000;
/** Clocks of two dashboards differ by as much. */
const CLOCKS_MS = 5_000;

/** Changes seen and changes asked for as one list, newest first; a change that was seen stands with the operation that explains it. */
export function mergeChanges(
  operations: readonly Operation[],
  events: readonly StoredEvent[],
): readonly ConfigurationChange[] {
  const asked = operations.flatMap((one) => (one.request.action === "configuration" ? [tell(one)] : []));
  const explained = new Set<string>();
  const seen = events.flatMap((event) => {
    const differences = differencesIn(event);
    if (differences === null) return [];
    const by = asked.find((one) => !explained.has(one.id) && explains(one, differences, Date.parse(event.at)));
    if (by) explained.add(by.id);
    const count = typeof event.data.count === "number" ? event.data.count : differences.length;
    return [
      {
        id: `event:${event.id}`,
        at: event.at,
        differences,
        count,
        patch: by?.patch ?? null,
        operation: by?.operation ?? null,
      },
    ];
  });
  const unseen = asked
    .filter(({ id }) => !explained.has(id))
    .map(({ id, patch, operation }) => ({
      id: `operation:${id}`,
      at: operation.askedAt,
      differences: null,
      count: 0,
      patch,
      operation,
    }));
  return [...seen, ...unseen].sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || b.id.localeCompare(a.id));
}

type Asked = {
  readonly id: string;
  readonly patch: ConfigurationPatch;
  readonly from: number;
  readonly to: number;
  readonly operation: NonNullable<ConfigurationChange["operation"]>;
};

function tell(one: Operation): Asked {
  const { id, actor, reason, state, approvedBy, outcome, createdAt, startedAt, endedAt } = one;
  const patch = one.request.action === "configuration" ? one.request.patch : {};
  return {
    id,
    patch: redact(patch) as ConfigurationPatch,
    from: Date.parse(startedAt ?? createdAt) - CLOCKS_MS,
    to: Date.parse(endedAt ?? one.deadlineAt) + SEEN_WITHIN_MS,
    operation: { id, actor, reason, state, approvedBy, outcome, askedAt: createdAt },
  };
}

/** What was refused changed nothing, however much a change looks like it. */
const explains = ({ patch, from, to, operation }: Asked, differences: readonly Difference[], at: number): boolean => {
  if (operation.state === "refused" || operation.state === "awaiting-approval" || at < from || at > to) return false;
  const leaves = leavesOf(patch);
  return differences.every(({ path, after }) =>
    leaves.some((leaf) => (leaf.path === path && sameValue(leaf.value, after)) || removes(leaf, path, after)),
  );
};

const removes = (leaf: { readonly path: string; readonly value: unknown }, path: string, after: unknown): boolean =>
  leaf.value === null && after === null && path.startsWith(`${leaf.path}.`);

/** The differences that an event of kind `configuration` carries; null for any other event, and for data of another shape. */
export function differencesIn({ kind, data }: Pick<StoredEvent, "kind" | "data">): readonly Difference[] | null {
  const { differences } = data;
  if (kind !== "configuration" || !Array.isArray(differences)) return null;
  return differences.every(isDifference) ? differences : null;
}

const isDifference = (value: unknown): value is Difference =>
  typeof value === "object" && value !== null && typeof (value as { path?: unknown }).path === "string";
