import { message } from "../../message";
import { type EventRule, seen } from "../draft";

/** The leader's archiver: failing or standing still, and archiving again. A change of leader brings another archiver, and is no news of it. */
export const archiving: EventRule = (book, { archiving: view }) => {
  if (view?.trust !== "fresh" || view.state === "unknown" || view.member === null) return [];
  const { member, state, lastFailedWal, lastArchivedWal, failingSince, backlog } = view;
  const change = book.see(`archiving/${member}`, state);
  if (!change) return [];
  const bad = state === "failing" || state === "stuck";
  const text = message(`event.archiving.${state}`, { member, wal: lastFailedWal ?? "?" });
  const at = state === "failing" && failingSince ? { at: failingSince, notBefore: change.notBefore } : change;
  const data = { from: change.was, to: state, lastFailedWal, lastArchivedWal, failingSince, backlog };
  return [seen(at, { kind: "archiving", severity: bad ? "warn" : "notice", subject: member, text, data })];
};
