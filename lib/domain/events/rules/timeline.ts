import { message } from "../../message";
import type { Snapshot } from "../../snapshot";
import { type Draft, type EventRule, seen } from "../draft";
import type { Notebook } from "../notebook";

/** A replica follows a new timeline within seconds; one that does not has diverged or waits for WAL. */
const BEHIND_HOLD_MS = 30_000;

/** The leader's timeline, and members that stay on another one. */
export const timeline: EventRule = (book, snapshot) => [...ofLeader(book, snapshot), ...ofMembers(book, snapshot)];

function ofLeader(book: Notebook, { leader, systemId }: Snapshot): Draft[] {
  if (!leader?.timeline) return [];
  // A cluster that was made anew counts from 1 again.
  const change = book.see(`timeline/${systemId ?? ""}`, leader.timeline);
  if (!change) return [];
  const { name, timeline: now } = leader;
  const text = message("event.timeline.changed", { leader: name, was: change.was, timeline: now });
  const data = { from: change.was, to: now };
  return [seen(change, { kind: "timeline", severity: "notice", subject: name, text, data })];
}

function ofMembers(book: Notebook, { leader, members }: Snapshot): Draft[] {
  if (!leader?.timeline) return [];
  const current = leader.timeline;
  return members.flatMap(({ name, timeline: own, timelineDiffers, stateTrust }) => {
    if (own === null || stateTrust !== "fresh") return [];
    const change = book.see(`timeline-differs/${name}`, timelineDiffers, BEHIND_HOLD_MS);
    if (!change) return [];
    const key = timelineDiffers ? "event.timeline.differs" : "event.timeline.follows";
    const text = message(key, { member: name, own, timeline: current });
    const severity = timelineDiffers ? "warn" : "info";
    return [seen(change, { kind: "timeline", severity, subject: name, text, data: { own, leader: current } })];
  });
}
