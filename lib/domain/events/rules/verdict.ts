import type { Message } from "../../message";
import type { Snapshot, WritePath, WritePathState } from "../../snapshot";
import { type EventRule, seen } from "../draft";
import type { EventSeverity } from "../event";

const SEVERITY: Readonly<Record<WritePathState, EventSeverity>> = {
  ok: "info",
  degraded: "warn",
  unknown: "warn",
  broken: "critical",
  split: "critical",
};

type Said = Pick<WritePath, "state" | "code" | "writer"> & { readonly message: Message };

/**
 * The page's one sentence. That it cannot be told who takes writes is a verdict too and is told, once; the sentences of a
 * process that has not looked at everything yet are not.
 */
export const verdict: EventRule = (book, snapshot) => {
  const { state, code, writer, message } = snapshot.writePath;
  if (!lookedOnce(snapshot)) return [];
  const said: Said = { state, code, writer, message };
  const change = book.see("verdict", said);
  if (!change) return [];
  const { was } = change;
  const recovered = state === "ok" && was.state !== "ok";
  const data = {
    state,
    code,
    writer,
    was: { state: was.state, code: was.code, writer: was.writer, message: was.message },
  };
  const severity = recovered ? "notice" : SEVERITY[state];
  return [seen(change, { kind: "verdict", severity, subject: snapshot.scope, text: message, data })];
};

function lookedOnce({ writePath, dcs, sources }: Snapshot): boolean {
  return writePath.code !== "starting" && dcs.trust !== "unknown" && sources.every((s) => s.lastTriedAt !== null);
}
