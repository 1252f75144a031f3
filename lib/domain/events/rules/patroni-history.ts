import type { HistoryEntry } from "../../facts";
import { message } from "../../message";
import type { Snapshot } from "../../snapshot";
import type { Draft, EventRule } from "../draft";
import type { Notebook } from "../notebook";

/** By then we know whether we saw the change ourselves; before, an entry of the history waits. */
const RIPE_MS = 30_000;
/** A change that we saw and an entry of the history are one when they are no further apart than this. */
const SAME_MS = 60_000;

/** Changes of leader before us, or while we were away, as Patroni wrote them down; those that we saw are not told again. */
export const patroniHistory: EventRule = (book, snapshot) => {
  const { dcs, history, systemId, at } = snapshot;
  if (dcs.trust !== "fresh" || history.length === 0) return [];
  const key = `history/${systemId ?? ""}`;
  const told = book.known<number>(key)?.value ?? 0;
  const ripe = history.filter((entry) => entry.timeline > told && isRipe(entry, at));
  const last = ripe.at(-1);
  if (!last) return [];
  book.see(key, Math.max(...ripe.map((entry) => entry.timeline)));
  return ripe.flatMap((entry) => (sawIt(book, entry, snapshot) ? [] : tell(entry, snapshot)));
};

const isRipe = (entry: HistoryEntry, at: Snapshot["at"]) =>
  entry.at === null || Date.parse(at) - Date.parse(entry.at) >= RIPE_MS;

function sawIt(book: Notebook, { timeline, newLeader, at }: HistoryEntry, { systemId }: Snapshot): boolean {
  if (at === null) return false;
  if (book.known<number>("leader/by-history")?.value === timeline) return true;
  const near = (since: string) => Math.abs(Date.parse(since) - Date.parse(at)) <= SAME_MS;
  const leader = book.known<string | null>("leader/key");
  const current = book.known<number>(`timeline/${systemId ?? ""}`);
  return (
    (leader !== null && leader.value === newLeader && near(leader.since)) ||
    (current !== null && current.value === timeline + 1 && near(current.since))
  );
}

/** An entry without a time has no place among events; Patroni writes one since 1.6. */
function tell({ timeline, lsn, reason, at, newLeader }: HistoryEntry, { scope, systemId }: Snapshot): Draft[] {
  if (at === null) return [];
  const params = { timeline, next: timeline + 1, leader: newLeader ?? "" };
  const text = message(newLeader ? "event.history.leader" : "event.history.timeline", params);
  const data = { timeline, lsn, reason, newLeader };
  const dedupe = `history:${systemId ?? ""}:${timeline}:${at}`;
  const subject = newLeader ?? scope;
  return [
    {
      kind: "history",
      severity: "notice",
      subject,
      text,
      data,
      at,
      notBefore: null,
      source: "patroni-history",
      dedupe,
    },
  ];
}
