"use client";
import { useZone } from "@/components/ui/age";
import { useT } from "@/lib/client/i18n";
import { useCluster } from "@/lib/client/use-live";
import { type ActionAsk, availability } from "@/lib/domain/actions/availability";
import type { Message } from "@/lib/domain/message";
import { messageText, type Translate } from "@/lib/format/message";
import { formatDateTime } from "@/lib/format/time";
import { type Reader, useActionScope, useReader } from "./action-context";
import { mayAct } from "./role";

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
  const zone = useZone();
  const { snapshot, stale } = useCluster(scope);
  return (ask) => {
    if (reader === null || !mayAct(reader.role, "operator")) return t("action.not.role");
    if (snapshot === null) return t("action.not.firstLook");
    if (stale) return t("action.not.stale");
    const answer = availability(ask, snapshot);
    return answer.enabled ? null : reasonText(t, answer.reason, zone);
  };
}

/** A moment in a reason is an instant; a person reads it on the own clock. */
function reasonText(t: Translate, reason: Message, zone: string): string {
  const { at } = reason.params;
  const told =
    typeof at === "string" ? { ...reason.params, at: formatDateTime(t.locale, at, zone) ?? at } : reason.params;
  return messageText(t, { key: reason.key, params: told });
}
