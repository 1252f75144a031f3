import type { PostgresState } from "../../facts";
import { message, selector } from "../../message";
import type { MemberView } from "../../snapshot";
import { type Draft, type EventRule, seen } from "../draft";
import type { EventSeverity } from "../event";
import type { Notebook } from "../notebook";

const BAD: ReadonlySet<PostgresState> = new Set([
  "crashed",
  "start-failed",
  "stop-failed",
  "restart-failed",
  "initdb-failed",
  "custom-bootstrap-failed",
]);

/** A standby reconnects within this time after most disturbances; only a longer break is told. */
const STREAM_HOLD_MS = 5_000;

/** What PostgreSQL on a member does, and whether a replica receives WAL from a server or reads it from the archive. */
export const memberStates: EventRule = (book, { members }) =>
  members.flatMap((member) => (isSeen(member) ? [...state(book, member), ...streaming(book, member)] : []));

const isSeen = ({ stateTrust, state: now }: MemberView) => stateTrust === "fresh" && now !== "unknown";

function state(book: Notebook, { name, state: now }: MemberView): Draft[] {
  const change = book.see(`state/${name}`, now);
  if (!change) return [];
  const text = message("event.state", { member: name, was: selector(change.was), state: selector(now) });
  return [
    seen(change, {
      kind: "state",
      severity: severityOf(now),
      subject: name,
      text,
      data: { from: change.was, to: now },
    }),
  ];
}

function severityOf(now: PostgresState): EventSeverity {
  if (now === "running") return "info";
  return BAD.has(now) ? "critical" : now === "stopped" ? "warn" : "notice";
}

/** Only a replica has something to say: a leader streams from nobody. */
function streaming(book: Notebook, member: MemberView): Draft[] {
  const { name, role, replicationState, state: now } = member;
  const key = `streaming/${name}`;
  if (role === "leader") book.forget(key);
  if (role === "leader" || role === "unknown" || now !== "running") return [];
  const how = replicationState ?? "none";
  const change = book.see(key, how, STREAM_HOLD_MS);
  if (!change) return [];
  const text = message("event.streaming", { member: name, how: selector(how) });
  const severity = how === "streaming" ? "info" : "warn";
  return [seen(change, { kind: "state", severity, subject: name, text, data: { from: change.was, to: how } })];
}
