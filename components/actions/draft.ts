import type { ActionKind, ActionRequest } from "@/lib/domain/actions/request";
import type { MemberName } from "@/lib/domain/ids";

/** What the dialog opens with: a request, of which a failover may still lack its candidate. */
export type ActionDraft =
  | Exclude<ActionRequest, { readonly action: "failover" }>
  | { readonly action: "failover"; readonly candidate: MemberName | null };

/** The draft as it can be asked for; null while something is missing. */
export function requestOf(draft: ActionDraft): ActionRequest | null {
  if (draft.action !== "failover") return draft;
  return draft.candidate === null ? null : { action: "failover", candidate: draft.candidate };
}

/** Kinds that end sessions, move writes or delete data: their button is drawn in the colour of danger. */
export const GRAVE: ReadonlySet<ActionKind> = new Set([
  "switchover",
  "failover",
  "reinitialize",
  "restart",
  "backend-terminate",
  "pgbouncer-pause",
]);

/** False where something must be chosen in the dialog first: who shall lead, or until when it is paused. */
export function isComplete(draft: ActionDraft): boolean {
  if (draft.action === "pause") return draft.until !== null;
  return requestOf(draft) !== null;
}
