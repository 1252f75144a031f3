import type { ClusterConfig } from "@/lib/config/types";
import { NOTHING_SEEN } from "@/lib/domain/client-eye/fold";
import { CLIENT_EYE_BEAT_MS } from "@/lib/domain/client-eye/outcome";
import type { ClusterSpec, ClusterState, RosterEntry } from "@/lib/domain/cluster-state";
import type { DcsView } from "@/lib/domain/facts";
import type { EpochMs } from "@/lib/domain/ids";
import { emptyLook, type Look, type Observation, remember, type SourceKind } from "@/lib/domain/observation";

/** How often the DCS view is proven again by a full read, in ms; events arrive between. */
export const DCS_HEARTBEAT_MS = 3_000;
/** Beat of each etcd member's own status, in ms. */
export const DCS_MEMBER_INTERVAL_MS = 5_000;

/** The part of the configuration that conclusions depend on. */
export function specOf(config: ClusterConfig): ClusterSpec {
  const { dcs, haproxy, pgbouncer, vip, backups, clientEye } = config;
  return {
    scope: config.scope,
    title: config.title,
    environment: config.environment,
    dcs: { kind: dcs.kind, readAs: dcs.kind === "etcd3" ? "etcd3" : "patroni", endpoints: dcs.endpoints },
    haproxy: haproxy && {
      nodes: haproxy.nodes.map((node) => node.name),
      writePool: haproxy.writePool,
      readPool: haproxy.readPool,
    },
    pgbouncer: pgbouncer && { port: pgbouncer.port },
    postgres: config.postgres !== null,
    vip: vip && { address: vip.address, follows: vip.follows, writePort: vip.writePort },
    clientEye: clientEye && { address: clientEye.host, port: clientEye.port, intervalMs: clientEye.intervalMs },
    findings: config.findings,
    backups: backups.map(({ name, kind, via, stanza, ssh, intervalMs, maxAgeMs }) => ({
      name,
      kind,
      via,
      stanza,
      place: ssh?.host ?? null,
      intervalMs,
      maxAgeMs,
    })),
  };
}

/** Nothing was looked at yet. */
export function emptyState(config: ClusterConfig): ClusterState {
  const spec = specOf(config);
  const readAs = spec.dcs.readAs;
  return {
    spec,
    roster: [],
    dcs:
      readAs === "etcd3"
        ? emptyLook("dcs", config.scope, DCS_HEARTBEAT_MS)
        : emptyLook("patroni-cluster", config.scope, config.patroni.intervalMs),
    dcsMembers: {},
    patroni: {},
    postgres: {},
    vitals: {},
    sizes: {},
    pgbouncer: {},
    haproxy: Object.fromEntries(
      (config.haproxy?.nodes ?? []).map((node) => [
        node.name,
        emptyLook("haproxy", node.name, config.haproxy?.intervalMs ?? 0),
      ]),
    ),
    vip: config.vip && emptyLook("vip", config.vip.address, config.vip.intervalMs),
    clientEye: config.clientEye && {
      look: emptyLook("client-eye", config.clientEye.host, CLIENT_EYE_BEAT_MS),
      memory: NOTHING_SEEN,
    },
    backups: Object.fromEntries(
      config.backups
        .filter(({ via }) => via !== "sql")
        .map(({ name, intervalMs }) => [name, emptyLook("backup", name, intervalMs)]),
    ),
    basebackups: {},
    certificates: {},
    store: null,
    actions: null,
    attention: null,
  };
}

/** The maps of {@link ClusterState} that hold one look a target. */
export type KeyedRoom =
  | "dcsMembers"
  | "patroni"
  | "postgres"
  | "vitals"
  | "sizes"
  | "pgbouncer"
  | "haproxy"
  | "backups"
  | "basebackups"
  | "certificates";
type ValueOf<R extends KeyedRoom> = ClusterState[R] extends Readonly<Record<string, Look<infer T>>> ? T : never;

/** Folds an observation of one target of a room into the state. */
export function see<R extends KeyedRoom>(
  state: ClusterState,
  room: R,
  seen: Observation<ValueOf<R>>,
  intervalMs: number,
): ClusterState {
  const looks = state[room] as Readonly<Record<string, Look<ValueOf<R>>>>;
  const look = looks[seen.target] ?? emptyLook<ValueOf<R>>(seen.source, seen.target, intervalMs);
  return { ...state, [room]: { ...looks, [seen.target]: remember(look, seen) } };
}

/** Makes a target known before its first look, so that the page shows that it is waited for. */
export function expect(
  state: ClusterState,
  room: KeyedRoom,
  source: SourceKind,
  target: string,
  intervalMs: number,
): ClusterState {
  if (state[room][target]) return state;
  return { ...state, [room]: { ...state[room], [target]: emptyLook(source, target, intervalMs) } };
}

/** Drops a target that is looked at no more. */
export function forget(state: ClusterState, room: KeyedRoom, target: string): ClusterState {
  const { [target]: _gone, ...rest } = state[room] as Record<string, Look<unknown>>;
  return { ...state, [room]: rest };
}

/** A member that is gone from the DCS stays on the roster this long, in ms: a vanished member is news, not housekeeping. */
export const ROSTER_KEEP_MS = 60 * 60_000;

/**
 * Folds what the DCS says about members into the roster. A member that vanished is kept, and still looked at: its server may
 * be alive, and even writable. It leaves when it was gone for {@link ROSTER_KEEP_MS}.
 */
export function followRoster(
  roster: readonly RosterEntry[],
  view: Pick<DcsView, "members">,
  now: EpochMs,
): readonly RosterEntry[] {
  const seen = new Map(view.members.map((member) => [member.name, member]));
  const known = roster
    .map((entry) => {
      const member = seen.get(entry.name);
      if (!member) return entry;
      seen.delete(entry.name);
      return {
        ...entry,
        host: member.host ?? entry.host,
        port: member.port ?? entry.port,
        apiUrl: member.apiUrl ?? entry.apiUrl,
        lastInDcsAt: now,
      };
    })
    .filter((entry) => now - entry.lastInDcsAt <= ROSTER_KEEP_MS);
  const added = [...seen.values()].map((member) => ({
    name: member.name,
    host: member.host,
    port: member.port,
    apiUrl: member.apiUrl,
    firstSeenAt: now,
    lastInDcsAt: now,
  }));
  return [...known, ...added];
}
