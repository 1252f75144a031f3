import { type Evidence, freshOf, lastOf, type MemberEvidence, outOfSight } from "../evidence/evidence";
import type { Tags } from "../facts";
import type { MemberName } from "../ids";
import type { HaproxyNodeView, MemberView, PgbouncerView, VipView } from "../snapshot";
import { memberWitnesses } from "../witness/member-witnesses";
import { pgbouncersOnPath } from "../witness/pgbouncer";
import { lagOf, NO_LAG } from "./lag";
import { roleOf, stateOf, timelineOf } from "./member-role";
import { type SenderRow, senderRows, upstreamOf } from "./upstream";

/** What routing looks like, for the members' witnesses. */
export type Routing = {
  readonly haproxy: readonly HaproxyNodeView[];
  readonly pgbouncer: readonly PgbouncerView[];
  readonly vip: VipView | null;
};

const NO_TAGS: Tags = {
  nofailover: false,
  noloadbalance: false,
  nosync: false,
  clonefrom: false,
  replicatefrom: null,
  failoverPriority: null,
  all: {},
};

/** Every member that the DCS or our roster knows, in natural order of their names. */
export function viewMembers(evidence: Evidence, routing: Routing): MemberView[] {
  const rows = senderRows(evidence);
  const leaderName = lastOf(evidence.dcs)?.leader?.name;
  const leader = leaderName === undefined ? null : (evidence.byName.get(leaderName) ?? null);
  const leaderTimeline = leader && timelineOf(leader, evidence);
  const path = pgbouncersOnPath(evidence, routing.haproxy, routing.vip);
  return evidence.members.map((member) =>
    viewMember(
      member,
      { evidence, routing: { ...routing, path }, leader, leaderTimeline },
      rows.get(member.name.toLowerCase()) ?? [],
    ),
  );
}

type Around = {
  readonly evidence: Evidence;
  readonly routing: Routing & { readonly path: readonly MemberName[] };
  readonly leader: MemberEvidence | null;
  readonly leaderTimeline: number | null;
};

function viewMember(member: MemberEvidence, around: Around, rows: readonly SenderRow[]): MemberView {
  const { evidence, leader } = around;
  const status = lastOf(member.patroni);
  const sql = freshOf(member.postgres);
  const isLeader = leader?.name === member.name;
  const timeline = timelineOf(member, evidence);
  const apart = !isLeader && timeline !== null && around.leaderTimeline !== null && timeline !== around.leaderTimeline;
  // The key of a member out of sight may be older than the leader's timeline: enough to give no lag, too little to say that it differs.
  const timelineDiffers = apart && !outOfSight(member);
  return {
    name: member.name,
    host: member.host,
    port: member.port,
    apiUrl: member.apiUrl,
    presence: evidence.dcs.state !== "unknown" && !member.dcs ? "missing" : "present",
    ...roleOf(member, evidence),
    ...stateOf(member, evidence),
    timeline,
    timelineDiffers,
    lsn: sql?.lsn ?? freshOf(member.patroni)?.lsn ?? member.dcs?.lsn ?? null,
    lag: isLeader ? NO_LAG : lagOf(member, leader, rows, apart, evidence),
    tags: member.dcs?.tags ?? status?.tags ?? NO_TAGS,
    pendingRestart: member.dcs?.pendingRestart || status?.pendingRestart || false,
    pendingRestartReasons: pendingReasons(member),
    scheduledRestart: member.dcs?.scheduledRestart ?? null,
    versions: {
      postgres: versionText(lastOf(member.postgres)?.serverVersion ?? status?.serverVersion ?? null),
      patroni: status?.patroniVersion ?? member.dcs?.patroniVersion ?? null,
    },
    upstream: isLeader ? null : upstreamOf(member, rows, evidence),
    connections: sql?.connections ?? null,
    maxConnections: sql?.maxConnections ?? null,
    witnesses: memberWitnesses(member, evidence, around.routing),
  };
}

function pendingReasons(member: MemberEvidence) {
  const byDcs = member.dcs?.pendingRestartReasons ?? [];
  return byDcs.length > 0 ? byDcs : (lastOf(member.patroni)?.pendingRestartReasons ?? []);
}

/** `170002` → `17.2`; PostgreSQL 10 and later have two parts. */
export function versionText(serverVersion: number | null): string | null {
  if (serverVersion === null || serverVersion < 100_000) return null;
  return `${Math.floor(serverVersion / 10_000)}.${serverVersion % 10_000}`;
}
