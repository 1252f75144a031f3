import { english } from "@/lib/collectors/english";
import { type Message, message } from "@/lib/domain/message";
import type { Refusal } from "./types";

type Code = Refusal["code"];
type More = Partial<Pick<Refusal, "reasons" | "holder" | "operationId">>;

/** What each refusal is called in the catalogue, where a person reads it. */
const TEXTS: Readonly<Record<Code, string>> = {
  "not-found": "actions.refused.notFound",
  forbidden: "actions.refused.forbidden",
  "action-disabled": "actions.refused.disabled",
  "not-yours": "actions.refused.notYours",
  "plan-expired": "actions.refused.planExpired",
  "plan-used": "actions.refused.planUsed",
  "fence-moved": "actions.refused.fenceMoved",
  busy: "actions.refused.busy",
  blocked: "actions.refused.blocked",
  "wrong-confirmation": "actions.refused.wrongConfirmation",
  "reason-missing": "actions.refused.reasonMissing",
  unacknowledged: "actions.refused.unacknowledged",
  "not-approvable": "actions.refused.notApprovable",
  "store-failed": "actions.refused.notRecorded",
  "not-started": "actions.refused.notStarted",
};

export const textOf = (code: Code): Message => message(TEXTS[code]);

export function refused(code: Code, more: More = {}): Refusal {
  return {
    kind: "refused",
    code,
    detail: english(textOf(code)),
    reasons: more.reasons ?? [],
    holder: more.holder ?? null,
    operationId: more.operationId ?? null,
  };
}

/** Our own record failed: nothing is done that cannot be recorded. */
export function notRecorded(failure: { readonly kind: string; readonly text: string }): Refusal {
  console.error(`An action could not be recorded: ${failure.text}`);
  return refused("store-failed", { reasons: [message("actions.reason.store", { kind: failure.kind })] });
}
