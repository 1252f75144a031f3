import type { HistoryEntry } from "../../facts";
import type { Instant } from "../../ids";
import { message } from "../../message";
import type { Snapshot } from "../../snapshot";
import { type EventRule, seen } from "../draft";
import type { Change } from "../notebook";

/**
 * Who holds the leader key. Its absence is told once, then who took it. What happened while we were away is told at the time
 * that Patroni's history gives it, where that names the same leader.
 */
export const leader: EventRule = (book, snapshot) => {
  const { dcs, paused } = snapshot;
  if (dcs.trust !== "fresh") return [];
  const holder = dcs.leaderKey?.name ?? null;
  const before = book.known<string>("leader/last")?.value ?? null;
  if (holder !== null) book.see("leader/last", holder);
  const change = book.see<string | null>("leader/key", holder);
  if (!change) return [];
  if (holder === null) {
    const text = message("event.leader.none", { was: change.was ?? before ?? "?" });
    const data = { from: change.was, to: null };
    return [
      seen(change, { kind: "leader", severity: paused ? "warn" : "critical", subject: snapshot.scope, text, data }),
    ];
  }
  const data = { from: before, to: holder, timeline: snapshot.leader?.timeline ?? null };
  if (before === holder) {
    const text = message("event.leader.again", { leader: holder });
    return [seen(change, { kind: "leader", severity: "notice", subject: holder, text, data })];
  }
  const text = message("event.leader.changed", { leader: holder, was: before ?? "?" });
  const draft = seen(change, { kind: "leader", severity: "warn", subject: holder, text, data });
  const entry = entryOf(holder, change, snapshot);
  if (!entry?.at) return [draft];
  // Patroni's history must not tell it a second time.
  book.see("leader/by-history", entry.timeline);
  return [{ ...draft, at: entry.at, notBefore: null, source: "patroni-history" }];
};

/** What Patroni's history says of a change that fell into a time in which we did not look. */
function entryOf(holder: string, { notBefore, at }: Change<unknown>, { history }: Snapshot): HistoryEntry | undefined {
  if (notBefore === null) return undefined;
  const within = (time: Instant) => Date.parse(time) >= Date.parse(notBefore) && Date.parse(time) <= Date.parse(at);
  return history.findLast(({ newLeader, at: time }) => newLeader === holder && time !== null && within(time));
}
