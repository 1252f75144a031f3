import { type Evidence, freshOf, lastOf, type MemberEvidence, outOfSight, trustOf } from "../evidence/evidence";
import type { DcsView, PatroniStatus, PostgresState, ReplicationState, Role } from "../facts";
import type { MemberView, Trust } from "../snapshot";

type MemberRole = MemberView["role"];

/** Roles that only a member's own or the DCS's word gives; a primary without the leader key is not called a leader. */
const BY_WORD: Readonly<Record<Role, MemberRole>> = {
  primary: "unknown",
  replica: "replica",
  "standby-leader": "standby-leader",
  "sync-standby": "sync-standby",
  "quorum-standby": "quorum-standby",
  demoted: "replica",
  uninitialized: "unknown",
  unknown: "unknown",
};

/**
 * The role by the freshest trustworthy evidence; `leader` only for the holder of the leader key. The key of a member that is out of
 * sight tells what it was: see `outOfSight`.
 */
export function roleOf(member: MemberEvidence, evidence: Evidence): Pick<MemberView, "role" | "roleTrust"> {
  const view = lastOf(evidence.dcs);
  if (view?.leader?.name === member.name) {
    const standby = isStandbyLeader(member, view);
    return { role: standby ? "standby-leader" : "leader", roleTrust: trustOf(evidence.dcs) };
  }
  if (freshOf(member.postgres)?.inRecovery === false) return { role: "unknown", roleTrust: "fresh" };
  const patroni = freshOf(member.patroni);
  if (patroni && patroni.role !== "unknown") return said(patroni.role, member, view, "fresh");
  if (member.dcs && evidence.dcs.state === "fresh")
    return said(member.dcs.role, member, view, outOfSight(member) ? "stale" : "fresh");
  const old = lastOf(member.patroni)?.role ?? member.dcs?.role;
  return old ? said(old, member, view, "stale") : { role: "unknown", roleTrust: "unknown" };
}

function said(role: Role, member: MemberEvidence, view: DcsView | null, trust: Trust) {
  const mapped = BY_WORD[role];
  const isSync =
    mapped === "replica" && view?.sync?.standbys.some((s) => s.toLowerCase() === member.name.toLowerCase());
  if (!isSync) return { role: mapped, roleTrust: trust };
  const quorum = view?.config?.synchronous_mode === "quorum";
  return { role: quorum ? ("quorum-standby" as const) : ("sync-standby" as const), roleTrust: trust };
}

function isStandbyLeader(member: MemberEvidence, view: DcsView): boolean {
  return member.dcs?.role === "standby-leader" || isStandbyCluster(view);
}

/** A standby cluster replicates from another one: its leader is in recovery by design and nobody in it takes writes. */
export function isStandbyCluster(view: DcsView): boolean {
  const section = view.config?.standby_cluster;
  const configured = typeof section === "object" && section !== null && Object.keys(section).length > 0;
  const leader = view.members.find((m) => m.name === view.leader?.name);
  return configured || leader?.role === "standby-leader";
}

type State = {
  readonly state: PostgresState;
  readonly replicationState: ReplicationState;
  readonly stateTrust: Trust;
};

/**
 * PostgreSQL's state: Patroni's own answer, else the fact that PostgreSQL answered us, else the member's key in the DCS.
 * A key outlives its member by up to one TTL: where Patroni does not answer, or was not asked yet, it is shown as stale.
 */
export function stateOf(member: MemberEvidence, evidence: Evidence): State {
  const status = freshOf(member.patroni);
  if (status && status.state !== "unknown") return named(status, "fresh");
  const replicationState = member.dcs?.replicationState ?? null;
  if (member.postgres.state === "fresh") {
    return { state: "running", replicationState: streaming(member), stateTrust: "fresh" };
  }
  if (member.dcs && evidence.dcs.state !== "unknown") {
    const stateTrust = status ? evidence.dcs.state : "stale";
    return { state: member.dcs.state, replicationState, stateTrust };
  }
  const old = lastOf(member.patroni);
  return old ? named(old, "stale") : { state: "unknown", replicationState: null, stateTrust: "unknown" };
}

const named = (status: PatroniStatus, stateTrust: Trust): State => ({
  state: status.state,
  replicationState: status.replicationState,
  stateTrust,
});

const streaming = (member: MemberEvidence): ReplicationState =>
  freshOf(member.postgres)?.receiver?.status === "streaming" ? "streaming" : null;

/** The timeline by the freshest word: PostgreSQL's, Patroni's, then the DCS's. */
export function timelineOf(member: MemberEvidence, evidence: Evidence): number | null {
  return (
    freshOf(member.postgres)?.timeline ??
    freshOf(member.patroni)?.timeline ??
    (evidence.dcs.state === "fresh" ? (member.dcs?.timeline ?? null) : null)
  );
}
