import type { Call } from "@/lib/domain/actions/call";
import type { AnsweredCall } from "@/lib/domain/actions/operation";
import { type EpochMs, instant } from "@/lib/domain/ids";

/** A call in one line, for the record. No secret is part of a call. */
export function describeCall(call: Call): string {
  switch (call.system) {
    case "patroni":
      return `${call.method} ${call.origin}${call.path}`;
    case "postgres":
      return `${call.signal === "cancel" ? "pg_cancel_backend" : "pg_terminate_backend"}(${call.pid}) on ${call.member}`;
    case "haproxy":
      return `set server ${call.pool}/${call.server} state ${call.state} on ${call.node}`;
    case "pgbouncer":
      return `${call.command.toUpperCase()}${call.database === null ? "" : ` ${call.database}`} on ${call.member}`;
  }
}

/** What stands in the record while a call is under way: should we die now, nobody knows what became of it. */
export const awaited = (call: Call, now: EpochMs): AnsweredCall => ({
  id: call.id,
  kind: "unknown",
  call: describeCall(call),
  status: null,
  text: "",
  member: null,
  sentAt: instant(now),
  tookMs: 0,
});
