import type { DcsMember, Role } from "@/lib/domain/facts";
import { type Lsn, memberName } from "@/lib/domain/ids";
import { lagBytes, lsnFromBytes } from "@/lib/domain/lsn";
import { parseJson } from "@/lib/sources/shared/json";
import {
  digitsOf,
  hostPortOf,
  instantOf,
  originOf,
  pendingReasonsOf,
  replicationStateOf,
  roleOf,
  stateOf,
  tagsOf,
  timelineOf,
} from "@/lib/sources/shared/patroni-words";
import type { KeyValue } from "./range";
import { type MemberValue, memberValueSchema } from "./schema";

/** What a member's row needs beside its own key. */
export type Surroundings = {
  readonly leader: string | null;
  /** The position that the leader last wrote to the DCS, up to one `loop_wait` old. */
  readonly optime: Lsn | null;
  /** Role of a replica that the `sync` key names; null while synchronous mode is off. */
  readonly syncRole: (name: string) => Role | null;
};

/** Maps a `members/<name>` key. A value that cannot be read leaves the member known by its name only. */
export function mapMember(name: string, entry: KeyValue, around: Surroundings): DcsMember {
  const value = memberValueOf(entry.value);
  const role = roleOf(value.role);
  const lsn = lsnFromBytes(digitsOf(value.xlog_location));
  return {
    name: memberName(name),
    ...hostPortOf(value.conn_url),
    apiUrl: originOf(value.api_url),
    role: role === "replica" ? (around.syncRole(name) ?? role) : role,
    state: stateOf(value.state),
    replicationState: replicationStateOf(value.replication_state),
    timeline: timelineOf(value.timeline),
    lsn,
    // As Patroni's /cluster does it; null instead of its 0 where the leader wrote no position yet.
    lagBytes: name === around.leader ? null : lagBytes(around.optime, lsn),
    patroniVersion: value.version ?? null,
    tags: tagsOf(value.tags),
    pendingRestart: value.pending_restart === true,
    pendingRestartReasons: pendingReasonsOf(value.pending_restart_reason),
    scheduledRestart: instantOf(value.scheduled_restart?.schedule),
    pause: value.pause === true,
    modRevision: String(entry.modRevision),
  };
}

function memberValueOf(text: string): MemberValue {
  // Very old members wrote `postgres://host:port/db?application_name=<api_url>` instead of JSON.
  if (/^postgres(ql)?:\/\//.test(text) && URL.canParse(text)) {
    return memberValueSchema.parse({ conn_url: text, api_url: new URL(text).searchParams.get("application_name") });
  }
  const parsed = memberValueSchema.safeParse(parseJson(text));
  return parsed.success ? parsed.data : memberValueSchema.parse({});
}
