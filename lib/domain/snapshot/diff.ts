import type { Snapshot } from "../snapshot";
import { deepEqual } from "./share";

/** Whole top-level sections of `next` that differ from `prev`; `version` is the sender's business. */
export function changedSections(prev: Snapshot, next: Snapshot): Partial<Snapshot> {
  const changed = Object.entries(next).filter(
    ([key, value]) => key !== "version" && !deepEqual(prev[key as keyof Snapshot], value),
  );
  return Object.fromEntries(changed) as Partial<Snapshot>;
}

/**
 * True when something changed that a person would want to see at once. Ages, latencies, positions, lag and session
 * counts do not count: they change with every look and may be sent together.
 */
export function isUrgent(prev: Snapshot, next: Snapshot): boolean {
  return SECTIONS.some(([key, project]) => {
    if (Object.is(prev[key], next[key])) return false;
    return !deepEqual(project(prev), project(next));
  });
}

/** True when the answer to the page's one question changed: who leads, who takes writes, and whether that is well. */
export function changesWriter(prev: Snapshot, next: Snapshot): boolean {
  const [a, b] = [prev.writePath, next.writePath];
  return (
    a.state !== b.state ||
    a.code !== b.code ||
    a.writer !== b.writer ||
    prev.leader?.name !== next.leader?.name ||
    prev.dcs.leaderKey?.name !== next.dcs.leaderKey?.name
  );
}

type Project = (snapshot: Snapshot) => unknown;

const SECTIONS: readonly (readonly [keyof Snapshot, Project])[] = [
  ["writePath", urgentWritePath],
  ["leader", (s) => s.leader],
  ["members", urgentMembers],
  ["dcs", urgentDcs],
  ["vip", (s) => s.vip && [s.vip.holders, s.vip.method, s.vip.answers, s.vip.trust, s.vip.text]],
  ["clientEye", urgentClientEye],
  ["haproxy", urgentHaproxy],
  ["pgbouncer", (s) => s.pgbouncer.map((p) => [p.member, p.trust, p.failure?.kind, p.paused, p.target])],
  ["paused", (s) => s.paused],
  ["systemId", (s) => s.systemId],
  ["scheduled", (s) => s.scheduled],
  ["handover", (s) => s.handover],
  ["history", (s) => s.history],
  ["configuration", (s) => s.configuration],
  ["backups", (s) => s.backups.sources.map((b) => [b.id, b.trust, b.last?.label, b.running?.seenAt, b.ended?.endedAt])],
  ["findings", (s) => s.findings.map((f) => [f.id, f.severity, f.since, f.under])],
  ["attention", (s) => s.attention],
  ["sources", (s) => s.sources.map((source) => [source.id, source.error?.kind, source.stale])],
  ["actions", (s) => s.actions],
  ["store", (s) => s.store && [s.store.state, s.store.since, s.store.failure?.kind]],
];

function urgentClientEye({ clientEye: eye }: Snapshot): unknown {
  return eye && [eye.state, eye.confirmed, eye.member, eye.trust, eye.currentGap?.startedAt, eye.lastGap?.endedAt];
}

function urgentWritePath({ writePath: path }: Snapshot): unknown {
  const witnesses = path.witnesses.map((w) => [w.layer, w.verdict, w.points]);
  return [path.state, path.code, path.writer, path.message, path.since, witnesses];
}

function urgentMembers({ members }: Snapshot): unknown {
  return members.map((m) => [
    m.name,
    m.host,
    m.presence,
    m.role,
    m.roleTrust,
    m.state,
    m.replicationState,
    m.stateTrust,
    m.timeline,
    m.timelineDiffers,
    m.lag.trust,
    m.tags,
    m.pendingRestart,
    m.scheduledRestart,
    m.versions,
    m.upstream,
    m.witnesses.map((w) => [w.says, w.trust]),
  ]);
}

function urgentDcs({ dcs }: Snapshot): unknown {
  const members = dcs.members.map((m) => [m.endpoint, m.isLeader, m.trust, m.failure?.kind]);
  return [dcs.trust, dcs.leaderKey, dcs.leaderKeySince, dcs.hasQuorum, dcs.ttlSeconds, dcs.loopWaitSeconds, members];
}

function urgentHaproxy({ haproxy }: Snapshot): unknown {
  return haproxy.map((node) => [
    node.name,
    node.trust,
    node.failure?.kind,
    node.writesTo,
    node.pools.map((pool) => [pool.name, pool.status, pool.servers.map((s) => [s.name, s.status, s.weight])]),
  ]);
}
