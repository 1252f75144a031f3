"use client";
import Link from "next/link";
import { useT } from "@/lib/client/i18n";
import { operationPath } from "@/lib/client/paths";
import type { OperationView } from "@/lib/domain/actions/operation";
import { reasonOfHistory } from "@/lib/domain/actions/reasons";
import type { StoredEvent } from "@/lib/domain/events/event";
import type { HistoryEntry } from "@/lib/domain/facts";
import { memberName } from "@/lib/domain/ids";

/** A change of leader out of our own record, as Patroni's history would tell it; null for any other event. */
export function entryOfEvent(event: StoredEvent): HistoryEntry | null {
  if (event.kind !== "leader" && event.kind !== "history") return null;
  const { leader } = event.text.params;
  if (typeof leader !== "string") return null;
  return { timeline: 0, lsn: null, reason: "", at: event.at, newLeader: memberName(leader) };
}

/** Who asked for a change of leader, and why; nothing where nobody here did. */
export function Explanation(props: { entry: HistoryEntry | null; operations: readonly OperationView[] }) {
  const t = useT();
  const one = props.entry === null ? null : reasonOfHistory(props.entry, props.operations);
  if (one === null) return null;
  return (
    <p className="text-xs text-ink-2 wrap-anywhere" data-explained-by={one.id}>
      <Link
        href={operationPath(one.scope, one.id)}
        prefetch={false}
        className="text-accent underline underline-offset-2"
      >
        {t(`action.name.${one.action}`)}
      </Link>{" "}
      {one.actor}: {one.reason}
    </p>
  );
}
