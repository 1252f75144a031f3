import type { Instant } from "../ids";
import type { Message } from "../message";
import type { Snapshot } from "../snapshot";
import type { ClusterEvent, EventKind, EventSeverity } from "./event";
import type { Notebook } from "./notebook";

/** One kind of change: notes what a picture shows, and tells what changed. Notes nothing of what is stale or unknown. */
export type EventRule = (book: Notebook, snapshot: Snapshot) => readonly Draft[];

/** An event before the fold gives it its cluster. */
export type Draft = Omit<ClusterEvent, "scope">;

type Parts = {
  readonly kind: EventKind;
  readonly severity: EventSeverity;
  readonly subject: string;
  readonly text: Message;
  readonly data?: ClusterEvent["data"];
};

/** An event that we saw ourselves, at the time that the change tells. */
export function seen(change: { readonly at: Instant; readonly notBefore: Instant | null }, parts: Parts): Draft {
  return {
    ...parts,
    at: change.at,
    notBefore: change.notBefore,
    data: parts.data ?? {},
    source: "observed",
    dedupe: null,
  };
}
