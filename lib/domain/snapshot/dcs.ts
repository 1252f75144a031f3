import type { ClusterState } from "../cluster-state";
import { atOf, type Evidence, failureOf, lastOf, trustOf } from "../evidence/evidence";
import { naturally } from "../evidence/natural-order";
import type { DcsMemberStatus } from "../facts";
import { instant } from "../ids";
import { type Known, know } from "../observation";
import type { DcsViewOnScreen, Snapshot } from "../snapshot";

/** The DCS as shown: the last view with its trust. Conclusions read the leader key from the evidence instead. */
export function viewDcs(evidence: Evidence, state: ClusterState, previous: Snapshot | null): DcsViewOnScreen {
  const { dcs, spec, leaderKey, now } = evidence;
  const view = lastOf(dcs);
  const at = atOf(dcs);
  const statuses = Object.entries(state.dcsMembers)
    .sort(([a], [b]) => naturally(a, b))
    .map(([endpoint, look]) => ({ endpoint, known: know(look, now) }));
  const since = leaderKey.state === "unknown" ? (previous?.dcs.leaderKeySince ?? null) : instant(leaderKey.since);
  return {
    kind: spec.dcs.kind,
    readAs: spec.dcs.readAs,
    trust: trustOf(dcs),
    at: at === null ? null : instant(at),
    revision: view?.revision ?? null,
    leaderKey: view?.leader ? { name: view.leader.name, modRevision: view.leader.modRevision } : null,
    leaderKeySince: since,
    hasQuorum: hasQuorum(
      statuses.map((s) => s.known),
      failureOf(dcs)?.kind === "no-quorum",
    ),
    members: statuses.map(({ endpoint, known }) => ({
      ...(lastOf(known) ?? unseenMember(endpoint)),
      trust: trustOf(known),
      failure: failureOf(known),
    })),
    ttlSeconds: view?.ttlSeconds ?? null,
    loopWaitSeconds: view?.loopWaitSeconds ?? null,
  };
}

/**
 * True when a majority of the voting etcd members that we look at name the same raft leader; false when the store said so
 * itself or when not even the members that we cannot see could make up a majority; null when it cannot be told.
 */
export function hasQuorum(members: readonly Known<DcsMemberStatus>[], refusedForQuorum: boolean): boolean | null {
  if (refusedForQuorum) return false;
  const voters = members.filter((m) => m.state !== "fresh" || !m.value.isLearner);
  if (voters.length === 0) return null;
  const majority = Math.floor(voters.length / 2) + 1;
  const votes = new Map<string, number>();
  let unseen = 0;
  for (const member of voters) {
    if (member.state !== "fresh") unseen++;
    else if (hasLeader(member.value.leaderId)) {
      votes.set(member.value.leaderId, (votes.get(member.value.leaderId) ?? 0) + 1);
    }
  }
  const most = Math.max(0, ...votes.values());
  if (most >= majority) return true;
  return most + unseen < majority ? false : null;
}

/** etcd reports raft id 0 while it knows no leader. */
const hasLeader = (leaderId: string | null): leaderId is string => leaderId !== null && !/^0*$/.test(leaderId);

const unseenMember = (endpoint: string): DcsMemberStatus => ({
  endpoint,
  name: null,
  memberId: null,
  leaderId: null,
  isLeader: false,
  isLearner: false,
  raftTerm: null,
  version: null,
  dbSizeBytes: null,
  dbSizeInUseBytes: null,
  dbQuotaBytes: null,
  raftBacklog: null,
  alarms: null,
  errors: [],
});
