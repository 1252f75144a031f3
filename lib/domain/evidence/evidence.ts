import type { ClusterSpec, ClusterState, RosterEntry } from "../cluster-state";
import type {
  DcsMember,
  DcsView,
  HaproxyFacts,
  PatroniStatus,
  PgbouncerFacts,
  PostgresFacts,
  VipFacts,
} from "../facts";
import type { EpochMs, MemberName } from "../ids";
import { type Known, know, type SourceKind } from "../observation";
import type { Snapshot, Trust } from "../snapshot";
import { type LeaderKey, readLeaderKey } from "./leader-key";
import { naturally } from "./natural-order";
import { makePlaces, type Places } from "./places";
import { type Writability, writabilityOf } from "./writability";

/** Every look of a cluster, judged once for its freshness at `now`: what rules read instead of raw looks. */
export type Evidence = {
  readonly now: EpochMs;
  readonly spec: ClusterSpec;
  readonly dcs: Known<DcsView>;
  readonly leaderKey: LeaderKey;
  readonly members: readonly MemberEvidence[];
  readonly byName: ReadonlyMap<string, MemberEvidence>;
  readonly places: Places;
  readonly haproxy: readonly { readonly name: string; readonly known: Known<HaproxyFacts> }[];
  readonly vip: Known<VipFacts> | null;
  /** True once the DCS was tried, whatever came of it. */
  readonly dcsTried: boolean;
};

export type MemberEvidence = {
  readonly name: MemberName;
  readonly host: string | null;
  readonly port: number | null;
  readonly apiUrl: string | null;
  /** The member's key in the last good view of the DCS, fresh or not. */
  readonly dcs: DcsMember | null;
  readonly patroni: Known<PatroniStatus>;
  readonly postgres: Known<PostgresFacts>;
  readonly pgbouncer: Known<PgbouncerFacts>;
  readonly writable: Writability;
  /** True once its Patroni or its PostgreSQL was tried, whatever came of it. */
  readonly tried: boolean;
};

export const trustOf = (known: Known<unknown>): Trust => known.state;
export const atOf = (known: Known<unknown>): EpochMs | null => (known.state === "unknown" ? null : known.at);
export const failureOf = (known: Known<unknown>) => (known.state === "fresh" ? null : known.failure);
/** The value while it may be built upon; null otherwise. */
export const freshOf = <T>(known: Known<T>): T | null => (known.state === "fresh" ? known.value : null);
/** The last value, fresh or stale: for showing only. */
export const lastOf = <T>(known: Known<T>): T | null => (known.state === "unknown" ? null : known.value);
/** Nothing of the member's own answers now: neither its Patroni nor its PostgreSQL. Its key in the DCS may outlive it by up to one TTL. */
export const outOfSight = (member: MemberEvidence | null): boolean =>
  !member || (member.patroni.state !== "fresh" && member.postgres.state !== "fresh");
export const sourceId = (kind: SourceKind, target: string): string => `${kind}:${target}`;

const NOTHING: Known<never> = { state: "unknown", failure: null };

export function gatherEvidence(state: ClusterState, previous: Snapshot | null, now: EpochMs): Evidence {
  const dcs = know(state.dcs, now);
  const inDcs = new Map((lastOf(dcs)?.members ?? []).map((m) => [m.name, m]));
  const roster = new Map(state.roster.map((r) => [r.name, r]));
  const names = [...new Set([...roster.keys(), ...inDcs.keys()])].sort(naturally);
  const members = names.map((name) => gatherMember(state, name, roster.get(name), inDcs.get(name) ?? null, now));
  const nodes = state.spec.haproxy?.nodes ?? [];
  return {
    now,
    spec: state.spec,
    dcs,
    leaderKey: readLeaderKey(dcs, previous?.dcs ?? null),
    members,
    byName: new Map(members.map((m) => [m.name, m])),
    places: makePlaces(members),
    haproxy: nodes.map((name) => ({ name, known: know(state.haproxy[name], now) })),
    vip: state.spec.vip ? (state.vip ? know(state.vip, now) : NOTHING) : null,
    dcsTried: state.dcs.last !== null,
  };
}

function gatherMember(
  state: ClusterState,
  name: MemberName,
  entry: RosterEntry | undefined,
  dcs: DcsMember | null,
  now: EpochMs,
): MemberEvidence {
  const patroni = know(state.patroni[name], now);
  const postgres = know(state.postgres[name], now);
  return {
    name,
    host: dcs?.host ?? entry?.host ?? null,
    port: dcs?.port ?? entry?.port ?? null,
    apiUrl: dcs?.apiUrl ?? entry?.apiUrl ?? null,
    dcs,
    patroni,
    postgres,
    pgbouncer: know(state.pgbouncer[name], now),
    writable: writabilityOf(postgres, state.postgres[name], patroni, state.patroni[name]?.good?.tookMs ?? 0),
    tried: Boolean(state.patroni[name]?.last || state.postgres[name]?.last),
  };
}
