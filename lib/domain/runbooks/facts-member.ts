import { makePlaces } from "../evidence/places";
import type { MemberView, Snapshot } from "../snapshot";
import { receivingServers } from "../snapshot/haproxy";
import { type FactValue, known, type MemberFact, maybe, NOT_KNOWN } from "./fact";
import { answers, seesDcs } from "./facts-sight";

/** Facts of one member. Only what is fresh counts. */

const flag = (read: MemberFact["read"]): MemberFact => ({ type: "boolean", read });
const count = (read: MemberFact["read"]): MemberFact => ({ type: "number", unit: "count", read });

const ROLES = ["leader", "standby-leader", "sync-standby", "quorum-standby", "replica"] as const;

/** Patroni's states, and what it shows of a running replica in their place. */
const STATES = [
  "streaming",
  "in-archive-recovery",
  "running",
  "starting",
  "start-failed",
  "restarting",
  "restart-failed",
  "stopping",
  "stopped",
  "stop-failed",
  "crashed",
  "creating-replica",
  "initializing",
  "initdb-failed",
  "custom-bootstrap",
  "custom-bootstrap-failed",
] as const;

export const MEMBER_FACTS: Readonly<Record<string, MemberFact>> = {
  name: { type: "member", read: ({ name }) => known(name), ofStranger: known },
  present: {
    ...flag(({ presence }, picture) => (seesDcs(picture) ? known(presence === "present") : NOT_KNOWN)),
    ofStranger: (_, picture) => (seesDcs(picture) ? known(false) : NOT_KNOWN),
  },
  reachable: flag(({ name }, picture) => answers(picture, `patroni:${name}`)),
  postgresReachable: flag(({ name }, picture) => answers(picture, `postgres:${name}`)),
  pgbouncerReachable: flag(({ name }, picture) => answers(picture, `pgbouncer:${name}`)),
  role: {
    type: "text",
    values: ROLES,
    read: ({ role, roleTrust }) => (roleTrust === "fresh" && role !== "unknown" ? known(role) : NOT_KNOWN),
  },
  state: { type: "text", values: STATES, read: (member) => stateOf(member) },
  running: flag((member) => isRunning(member)),
  streaming: flag((member) => isStreaming(member)),
  writable: flag(({ witnesses }) => {
    const word = witnesses.find(({ layer }) => layer === "postgres");
    return word?.trust === "fresh" && word.says !== "unknown" ? known(word.says === "writer") : NOT_KNOWN;
  }),
  lagBytes: { type: "number", unit: "bytes", read: (member) => lagBytesOf(member) },
  lagTime: { type: "number", unit: "ms", read: (member) => lagTimeOf(member) },
  timeline: count(({ timeline }) => maybe(timeline)),
  onLeaderTimeline: flag(({ timeline }, { leader }) =>
    timeline === null || !leader || leader.timeline === null ? NOT_KNOWN : known(timeline === leader.timeline),
  ),
  pendingRestart: flag((member, picture) => (isTold(member, picture) ? known(member.pendingRestart) : NOT_KNOWN)),
  restartScheduled: flag(({ presence, scheduledRestart }, picture) =>
    seesDcs(picture) && presence === "present" ? known(scheduledRestart !== null) : NOT_KNOWN,
  ),
  connections: count(({ connections }) => maybe(connections)),
  maxConnections: count(({ maxConnections }) => maybe(maxConnections)),
  nofailover: flag((member, picture) => (isTold(member, picture) ? known(member.tags.nofailover) : NOT_KNOWN)),
  noloadbalance: flag((member, picture) => (isTold(member, picture) ? known(member.tags.noloadbalance) : NOT_KNOWN)),
  nosync: flag((member, picture) => (isTold(member, picture) ? known(member.tags.nosync) : NOT_KNOWN)),
  upstream: {
    type: "member",
    none: true,
    read: ({ name, upstream }, { leader }) =>
      upstream !== null ? known(upstream) : leader?.name === name ? known(null) : NOT_KNOWN,
  },
  writePools: count(({ name }, picture) => poolsWith(picture, "write", (node) => node.writesTo.includes(name))),
  readPools: count(({ name }, picture) => {
    const places = makePlaces(picture.members);
    return poolsWith(
      picture,
      "read",
      ({ read }) => read !== null && receivingServers(read).some((server) => places.byServer(server) === name),
    );
  }),
  holdsVip: flag(({ name }, picture) => holdsVip(name, picture)),
  pgbouncerPaused: flag(({ name }, { pgbouncer }) => {
    const own = pgbouncer.find(({ member }) => member === name);
    return own?.trust === "fresh" ? maybe(own.paused) : NOT_KNOWN;
  }),
  postgresVersion: { type: "text", values: null, read: (member) => versionOf(member, "postgres") },
  patroniVersion: { type: "text", values: null, read: (member) => versionOf(member, "patroni") },
};

/** An old version of a server that is being updated would be the wrong one. */
const versionOf = ({ versions, stateTrust }: MemberView, of: keyof MemberView["versions"]): FactValue =>
  stateTrust === "fresh" ? maybe(versions[of]) : NOT_KNOWN;

export function isRunning({ state, stateTrust }: MemberView): FactValue {
  return stateTrust === "fresh" && state !== "unknown" ? known(state === "running") : NOT_KNOWN;
}

export function isStreaming(member: MemberView): FactValue {
  const running = isRunning(member);
  return running.known ? known(running.value === true && member.replicationState === "streaming") : NOT_KNOWN;
}

/** In bytes; of the leader there is no such thing. */
export const lagBytesOf = ({ lag }: MemberView): FactValue =>
  lag.trust === "fresh" ? maybe(lag.replayBytes) : NOT_KNOWN;

/** In ms. */
export const lagTimeOf = ({ lag }: MemberView): FactValue =>
  lag.trust === "fresh" && lag.replaySeconds !== null ? known(lag.replaySeconds * 1_000) : NOT_KNOWN;

function stateOf({ state, replicationState, stateTrust }: MemberView): FactValue {
  if (stateTrust !== "fresh" || state === "unknown") return NOT_KNOWN;
  return known(state === "running" ? (replicationState ?? state) : state);
}

/** The DCS or the member itself says now what its tags and flags are. */
function isTold({ name, presence }: MemberView, picture: Snapshot): boolean {
  if (seesDcs(picture) && presence === "present") return true;
  const own = answers(picture, `patroni:${name}`);
  return own.known && own.value === true;
}

function poolsWith(
  { haproxy }: Snapshot,
  pool: "write" | "read",
  has: (node: Snapshot["haproxy"][number]) => boolean,
): FactValue {
  const seen = haproxy.filter((node) => node.trust === "fresh" && node[pool] !== null);
  return seen.length === 0 ? NOT_KNOWN : known(seen.filter(has).length);
}

/** By some methods it is a HAProxy node that holds it; where no holder is a member, nothing is said of members. */
function holdsVip(name: string, { vip, members }: Snapshot): FactValue {
  if (vip?.trust !== "fresh") return NOT_KNOWN;
  if (vip.holders.includes(name)) return known(true);
  if (vip.holders.length === 0) return vip.answers === false ? known(false) : NOT_KNOWN;
  return members.some((member) => vip.holders.includes(member.name)) ? known(false) : NOT_KNOWN;
}
