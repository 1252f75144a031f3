import { message } from "../../message";
import type { Snapshot } from "../../snapshot";
import { type EventRule, seen } from "../draft";

/** A switchover or manual failover: asked for, and over, with who leads then. */
export const handover: EventRule = (book, { dcs, handover: now, writePath, scope }) => {
  if (dcs.trust !== "fresh") return [];
  const change = book.see<Snapshot["handover"]>("handover", now);
  if (!change) return [];
  if (now) {
    // The failover key without a leader is a manual failover; only the verdict's sentence still tells the two apart.
    const kind = writePath.message.params.kind === "failover" ? "failover" : "switchover";
    const params = { kind, from: now.from ?? "?", to: now.to ?? "", way: now.to ? "to" : "any" };
    const text = message("event.handover.asked", params);
    return [seen(change, { kind: "handover", severity: "notice", subject: scope, text, data: { ...now, kind } })];
  }
  const leader = dcs.leaderKey?.name ?? null;
  const reached = change.was?.to == null || change.was.to === leader;
  const key =
    leader === null ? "event.handover.over-none" : reached ? "event.handover.over" : "event.handover.over-other";
  const text = message(key, { leader: leader ?? "", to: change.was?.to ?? "" });
  const severity = leader !== null && reached ? "notice" : "warn";
  return [seen(change, { kind: "handover", severity, subject: scope, text, data: { asked: change.was, leader } })];
};
