import type { DcsMember, DcsView, FailoverKey } from "@/lib/domain/facts";
import { hostName, type Lsn, memberName } from "@/lib/domain/ids";
import { parseLsn } from "@/lib/domain/lsn";
import { fail, ok, type Result } from "@/lib/domain/observation";
import { historyOf } from "@/lib/sources/shared/history";
import {
  instantOf,
  isRecord,
  numberOf,
  originOf,
  pendingReasonsOf,
  replicationStateOf,
  roleOf,
  stateOf,
  tagsOf,
  timelineOf,
} from "@/lib/sources/shared/patroni-words";
import { type ClusterAnswer, clusterSchema, type MemberAnswer, memberSchema } from "./schema";

/** Parsed bodies of `/cluster`, `/config` and `/history`; the latter two are `undefined` where they could not be read. */
export type ClusterBodies = { readonly cluster: unknown; readonly config: unknown; readonly history: unknown };

/**
 * Patroni's `/cluster` standing in for a DCS. No revisions, no lease, no system identifier. A member whose key expired
 * is simply absent.
 */
export function mapCluster({ cluster, config, history }: ClusterBodies): Result<DcsView> {
  const parsed = clusterSchema.safeParse(cluster);
  if (!parsed.success) return fail("malformed", "the answer is not Patroni's cluster");
  const answer = parsed.data;
  const settings = isRecord(config) ? config : null;
  const pause = answer.pause === true;
  const rows = answer.members.flatMap((row) => {
    const member = memberSchema.safeParse(row);
    return member.success ? [member.data] : [];
  });
  const leader = rows.find((row) => row.role === "leader" || row.role === "standby_leader");
  const members = rows.map((row) => mapMember(row, pause));
  return ok({
    kind: "patroni",
    revision: null,
    leader: leader ? { name: memberName(leader.name), modRevision: null, lease: null } : null,
    members,
    systemId: null,
    config: settings,
    configRevision: null,
    history: historyOf(history),
    failover: mapScheduled(answer),
    sync: mapSync(members, leader?.name),
    pause,
    ttlSeconds: numberOf(settings?.ttl),
    loopWaitSeconds: numberOf(settings?.loop_wait),
  });
}

function mapMember(row: MemberAnswer, pause: boolean): DcsMember {
  return {
    name: memberName(row.name),
    host: row.host ? hostName(row.host) : null,
    port: numberOf(row.port),
    apiUrl: originOf(row.api_url),
    role: roleOf(row.role),
    state: stateOf(row.state),
    replicationState: replicationStateOf(row.state),
    timeline: timelineOf(row.timeline),
    lsn: positionOf(row),
    // Bytes, or the string "unknown"; absent on the leader.
    lagBytes: numberOf(row.lag),
    patroniVersion: null,
    tags: tagsOf(row.tags),
    pendingRestart: row.pending_restart === true,
    pendingRestartReasons: pendingReasonsOf(row.pending_restart_reason),
    scheduledRestart: instantOf(row.scheduled_restart?.schedule),
    // Said of the cluster only: a member that has not noticed yet cannot be told apart here.
    pause,
    modRevision: null,
  };
}

/** `lsn` is the larger of received and replayed; all three came with 4.1 and may be the string "unknown". */
function positionOf({ lsn, receive_lsn, replay_lsn }: MemberAnswer): Lsn | null {
  const given = [lsn, receive_lsn, replay_lsn].find((text) => parseLsn(text) !== null);
  return given ? (given as Lsn) : null;
}

function mapScheduled({ scheduled_switchover: planned }: ClusterAnswer): FailoverKey | null {
  if (!planned) return null;
  return {
    leader: planned.from ? memberName(planned.from) : null,
    candidate: planned.to ? memberName(planned.to) : null,
    scheduledAt: instantOf(planned.at),
    modRevision: null,
  };
}

function mapSync(members: readonly DcsMember[], leader: string | undefined): DcsView["sync"] {
  const standbys = members.filter(({ role }) => role === "sync-standby" || role === "quorum-standby");
  if (standbys.length === 0) return null;
  return { leader: leader ? memberName(leader) : null, standbys: standbys.map(({ name }) => name) };
}
