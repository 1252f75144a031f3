import { message } from "../../message";
import { type EventRule, seen } from "../draft";

/** Patroni's maintenance mode: while it is on, nobody fails over. */
export const pause: EventRule = (book, { paused, scope }) => {
  if (paused === null) return [];
  const change = book.see("paused", paused);
  if (!change) return [];
  const text = message(paused ? "event.pause.on" : "event.pause.off");
  return [seen(change, { kind: "pause", severity: paused ? "warn" : "notice", subject: scope, text })];
};
