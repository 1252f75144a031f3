import type { DcsMember, PatroniStatus, PoolServer, PostgresFacts, Tags, WalSender } from "../facts";
import { hostName, type Lsn, memberName } from "../ids";

/** Plausible facts of single systems, for tests and samples. Everything that matters can be overridden. */

export const NO_TAGS: Tags = {
  nofailover: false,
  noloadbalance: false,
  nosync: false,
  clonefrom: false,
  replicatefrom: null,
  failoverPriority: null,
  all: {},
};

export const LEADER_LSN = "3/5A000148" as Lsn;
export const SYSTEM_ID = "7434821190352231442";

/** `10.0.0.1`, `10.0.0.2`, … by a member's place in the list. */
export const addressOf = (index: number): string => `10.0.0.${index + 1}`;

/** Distinct for each member, as microseconds make it. */
export const startedAt = (index: number): string => `2026-11-18 04:1${index % 10}:07.10${index}341+00:00`;

export function dcsMember(name: string, index: number, leads: boolean, over: Partial<DcsMember> = {}): DcsMember {
  return {
    name: memberName(name),
    host: hostName(addressOf(index)),
    port: 5432,
    apiUrl: `http://${addressOf(index)}:8008`,
    role: leads ? "primary" : "replica",
    state: "running",
    replicationState: leads ? null : "streaming",
    timeline: 7,
    lsn: LEADER_LSN,
    lagBytes: leads ? null : 0,
    patroniVersion: "4.1.4",
    tags: NO_TAGS,
    pendingRestart: false,
    pendingRestartReasons: [],
    scheduledRestart: null,
    pause: false,
    modRevision: String(900 + index),
    ...over,
  };
}

export function patroniStatus(
  name: string,
  index: number,
  leads: boolean,
  over: Partial<PatroniStatus> = {},
): PatroniStatus {
  return {
    name: memberName(name),
    scope: "demo",
    patroniVersion: "4.1.4",
    state: "running",
    role: leads ? "primary" : "replica",
    postmasterStartTime: startedAt(index),
    serverVersion: 170_002,
    timeline: 7,
    replicationState: leads ? null : "streaming",
    lsn: LEADER_LSN,
    receivedLsn: leads ? null : LEADER_LSN,
    replayedLsn: leads ? null : LEADER_LSN,
    replayPaused: leads ? null : false,
    systemId: SYSTEM_ID,
    tags: NO_TAGS,
    pendingRestart: false,
    pendingRestartReasons: [],
    pause: false,
    clusterUnlocked: false,
    failsafeActive: false,
    watchdogFailed: false,
    dcsLastSeen: null,
    ...over,
  };
}

export function walSender(name: string, index: number, over: Partial<WalSender> = {}): WalSender {
  return {
    pid: 4100 + index,
    applicationName: name,
    clientAddress: addressOf(index),
    state: "streaming",
    syncState: "async",
    sentLsn: LEADER_LSN,
    flushLsn: LEADER_LSN,
    replayLsn: LEADER_LSN,
    unsentBytes: 0,
    flushLagBytes: 0,
    replayLagBytes: 4096 * index,
    flushLagSeconds: 0.001 * index,
    replayLagSeconds: 0.004 * index,
    replyAgeSeconds: 0.2,
    slotName: name.toLowerCase().replace(/[^a-z0-9_]/g, "_"),
    slotType: "physical",
    ...over,
  };
}

export function postgresFacts(index: number, leads: boolean, over: Partial<PostgresFacts> = {}): PostgresFacts {
  return {
    inRecovery: !leads,
    readOnlyDefault: false,
    serverVersion: 170_002,
    postmasterStartTime: startedAt(index),
    systemId: SYSTEM_ID,
    timeline: 7,
    lsn: LEADER_LSN,
    receivedLsn: leads ? null : LEADER_LSN,
    replayedLsn: leads ? null : LEADER_LSN,
    replayPaused: leads ? null : false,
    replayDelaySeconds: leads ? null : 0,
    senders: [],
    slots: [],
    receiver: null,
    canReadReplication: true,
    connections: leads ? 184 : 12 + index,
    maxConnections: 500,
    ...over,
  };
}

export function poolServer(name: string, up: boolean, over: Partial<PoolServer> = {}): PoolServer {
  return {
    name,
    status: up ? "up" : "down",
    rawStatus: up ? "UP" : "DOWN",
    checkStatus: up ? "L7OK" : "L7STS",
    checkCode: up ? 200 : 503,
    lastCheck: up ? null : "Service Unavailable",
    backup: false,
    weight: 1,
    lastChangeSeconds: 270_000,
    sessions: up ? 92 : 0,
    queue: 0,
    address: null,
    ...over,
  };
}
