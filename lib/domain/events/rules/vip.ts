import { message } from "../../message";
import { type EventRule, seen } from "../draft";

/** Keepalived hands an address over within a second or two; a gap in between is part of the move, not an event. */
const NOWHERE_HOLD_MS = 3_000;

/** Who answers for the VIP: one, several (which is a fault) or nobody. A holder that cannot be told is no change. */
export const vip: EventRule = (book, { vip: view }) => {
  if (view?.trust !== "fresh") return [];
  const { address, holders, answers } = view;
  if (holders.length === 0 && answers !== false) return [];
  const now = [...holders].sort();
  const last = book.known<string>(`vip-last/${address}`)?.value ?? null;
  const [only, second] = now;
  if (only && !second) book.see(`vip-last/${address}`, only);
  const change = book.see(`vip/${address}`, now, now.length === 0 ? NOWHERE_HOLD_MS : 0);
  if (!change) return [];
  const base = { kind: "vip", subject: address, data: { from: change.was, to: now } } as const;
  if (!only) {
    const text = message("event.vip.nowhere", { address, was: last ?? "?" });
    return [seen(change, { ...base, severity: "critical", text })];
  }
  if (second) {
    const text = message("event.vip.several", { address, a: only, b: second, more: now.length - 2 });
    return [seen(change, { ...base, severity: "critical", text })];
  }
  const text =
    last === null || last === only
      ? message("event.vip.again", { address, holder: only })
      : message("event.vip.moved", { address, from: last, to: only });
  return [seen(change, { ...base, severity: "notice", text })];
};
