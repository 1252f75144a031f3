"use client";
import { useT } from "@/lib/client/i18n";
import { useCluster } from "@/lib/client/use-live";
import type { ActionRequest } from "@/lib/domain/actions/request";
import type { MemberName } from "@/lib/domain/ids";
import { type Reader, useActionScope, useReader } from "./action-context";
import type { ActionDraft } from "./draft";
import { mayAct } from "./role";

/** What a button asks before it offers an action: the draft, or of a session only where it is. */
export type ActionAsk =
  | ActionDraft
  | {
      readonly action: Extract<ActionRequest, { readonly pid: number }>["action"];
      readonly member: MemberName;
    };

/**
 * Tells of an action why it makes no sense now, in words, or null where it may be tried; null itself where nothing can be done: on a picture
 * of the past, and outside of a cluster. The server checks all of it again: this spares a click, and says why.
 */
export function useHindrance(): ((ask: ActionAsk) => string | null) | null {
  const scope = useActionScope();
  const reader = useReader();
  const hindrance = useHindranceOn(scope ?? "", reader);
  return scope === null || reader === null ? null : hindrance;
}

/** As {@link useHindrance}, of a cluster named by the caller. */
export function useHindranceOn(scope: string, reader: Reader | null): (ask: ActionAsk) => string | null {
  const t = useT();
  const { snapshot, stale } = useCluster(scope);
  return (_ask) => {
    if (reader === null || !mayAct(reader.role, "operator")) return t("action.not.role");
    if (snapshot === null) return t("action.not.firstLook");
    if (stale) return t("action.not.stale");
    if (snapshot.actions === null) return t("action.not.lookOnly");
    return null;
  };
}
