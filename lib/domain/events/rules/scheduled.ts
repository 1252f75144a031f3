import type { Instant } from "../../ids";
import { message } from "../../message";
import type { Snapshot } from "../../snapshot";
import { type Draft, type EventRule, seen } from "../draft";
import type { Change } from "../notebook";

type Action = Snapshot["scheduled"][number];

/** What Patroni will do at a set time: set, removed, or due. */
export const scheduled: EventRule = (book, snapshot) => {
  if (snapshot.dcs.trust !== "fresh") return [];
  const now = snapshot.scheduled;
  const change = book.see<readonly Action[]>("scheduled", now);
  if (!change) return [];
  const keys = (list: readonly Action[]) => new Set(list.map((action) => JSON.stringify(action)));
  const [before, after] = [keys(change.was), keys(now)];
  const set = now.filter((action) => !before.has(JSON.stringify(action)));
  const gone = change.was.filter((action) => !after.has(JSON.stringify(action)));
  return [
    ...set.map((action) => tell(change, action, "event.scheduled.set", snapshot)),
    ...gone.map((action) => {
      const due = Date.parse(action.at) <= Date.parse(snapshot.at);
      return tell(change, action, due ? "event.scheduled.due" : "event.scheduled.removed", snapshot);
    }),
  ];
};

function tell(change: Change<unknown>, action: Action, key: string, { scope }: Snapshot): Draft {
  const { kind, from, to, at } = action;
  const text = message(key, {
    kind,
    from: from ?? "",
    to: to ?? "",
    at: minutes(at),
    way: from && to ? "both" : to ? "to" : from ? "from" : "none",
  });
  return seen(change, { kind: "scheduled", severity: "notice", subject: from ?? scope, text, data: { ...action } });
}

/** `2026-11-21 03:00 UTC`; a message carries no moment that the reader's language could format. */
const minutes = (at: Instant): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
