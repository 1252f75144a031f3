import type { ClusterState } from "../cluster-state";
import type { Role } from "../facts";
import { memberName } from "../ids";
import type { FailureKind } from "../observation";
import {
  answer,
  failing,
  failingDcs,
  healthyState,
  keyTo,
  patchDcs,
  patchPatroni,
  patchPostgres,
  routes,
  vipNowhere,
  vipOn,
} from "./builders";
import { eyeSees, finds } from "./client-eye";
import { NO_TAGS } from "./facts";

/** A small seeded generator (mulberry32): the same seed gives the same run on every machine. */
export function seeded(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const FAILURES: readonly FailureKind[] = [
  "timeout",
  "refused",
  "unreachable",
  "unauthorized",
  "starting-up",
  "no-quorum",
];
const ROLES: readonly Role[] = ["primary", "replica", "standby-leader", "demoted", "unknown"];

/** Any state that a cluster of one to five members may be remembered in at `now`, likely or not. */
export function randomState(random: () => number, now: number): ClusterState {
  const dice = throwing(random, now);
  const { pick, chance } = dice;
  const names = ["node1", "node2", "node3", "node4", "node5"].slice(0, 1 + Math.floor(random() * 5));
  let state = healthyState({
    names,
    leader: pick(names),
    now,
    postgres: chance(0.8),
    haproxy: chance(0.8),
    pgbouncer: chance(0.8),
    vip: chance(0.7) ? pick(["leader", "haproxy"] as const) : null,
    clientEye: chance(0.5),
  });
  state = upsetDcs(state, names, dice);
  for (const name of names) state = upsetRouting(upsetMember(state, name, dice), name, names, dice);
  if (chance(0.3)) state = chance(0.5) ? vipOn(state, pick(names), dice.when()) : vipNowhere(state, dice.when());
  if (chance(0.5)) state = upsetEye(state, names, dice);
  return chance(0.15) ? failingDcs(state, pick(FAILURES), now - 5) : state;
}

type Dice = ReturnType<typeof throwing>;

function throwing(random: () => number, now: number) {
  const chance = (p: number) => random() < p;
  return {
    chance,
    pick: <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T,
    below: (limit: number) => Math.floor(random() * limit),
    when: () => now - Math.floor(random() * (chance(0.7) ? 2_000 : 20_000)),
    justNow: now - 10,
  };
}

/** Any server, writable or not, or none, met once or more. */
function upsetEye(state: ClusterState, names: readonly string[], { chance, pick, below, when }: Dice): ClusterState {
  const answer = finds(below(names.length + 1), pick(["writable", "read-only"] as const));
  return eyeSees(state, chance(0.5) ? answer : pick(FAILURES), 1 + below(3), when());
}

function upsetDcs(healthy: ClusterState, names: readonly string[], { chance, pick, below, when }: Dice): ClusterState {
  let state = patchDcs(healthy, { pause: chance(0.1) }, when());
  if (chance(0.5)) state = keyTo(state, chance(0.2) ? null : pick(names), String(below(9)), when());
  if (!chance(0.2)) return state;
  const [leader, candidate] = [memberName(pick(names)), memberName(pick(names))];
  return patchDcs(state, { failover: { leader, candidate, scheduledAt: null, modRevision: "7" } }, when());
}

function upsetMember(before: ClusterState, name: string, { chance, pick, below, when, justNow }: Dice): ClusterState {
  let state = before;
  if (chance(0.3)) state = patchPostgres(state, name, { inRecovery: chance(0.5) }, when(), below(900));
  if (chance(0.3)) {
    state = patchPatroni(state, name, { role: pick(ROLES), state: chance(0.8) ? "running" : "stopped" }, when());
  }
  if (chance(0.2)) state = failing(state, "postgres", name, pick(FAILURES), justNow);
  if (chance(0.2)) state = failing(state, "patroni", name, pick(FAILURES), justNow);
  return state;
}

function upsetRouting(before: ClusterState, name: string, names: readonly string[], dice: Dice): ClusterState {
  const { chance, pick, when, justNow } = dice;
  let state = before;
  if (chance(0.2)) state = failing(state, "haproxy", name, pick(FAILURES), justNow);
  if (state.spec.haproxy && chance(0.3)) state = routes(state, name, chance(0.3) ? [] : [pick(names)], when());
  return chance(0.2) ? answer(state, "pgbouncer", name, (was) => was, when()) : state;
}

/** What replicas of a state may be like as candidates: tags, timelines, lag, members that left the DCS, sync and configuration. */
export function upsetReplicas(random: () => number, before: ClusterState, now: number): ClusterState {
  const { pick, chance, when } = throwing(random, now);
  const names = before.roster.map(({ name }) => name);
  let state = before;
  for (const name of names) {
    if (chance(0.15)) state = patchPatroni(state, name, { tags: tagged(pick(["no", "zero", "one"] as const)) }, when());
    if (chance(0.15)) state = patchPatroni(state, name, { timeline: pick([6, 7, 8]) }, when());
    if (chance(0.1))
      state = patchPatroni(state, name, { replicationState: pick(["in-archive-recovery", null]) }, when());
    if (chance(0.05)) state = patchPatroni(state, name, { watchdogFailed: true }, when());
    if (chance(0.05)) state = patchPatroni(state, name, { systemId: "1" }, when());
  }
  const members = (state.dcs.good?.value.members ?? [])
    .filter(() => !chance(0.08))
    .map((one) => (chance(0.08) ? { ...one, tags: tagged("no") } : one));
  if (chance(0.4)) state = patchDcs(state, { members }, when());
  if (!chance(0.15)) return state;
  const sync = { leader: state.dcs.good?.value.leader?.name ?? null, standbys: names.filter(() => chance(0.4)) };
  return patchDcs(state, { config: { synchronous_mode: pick([true, false, "quorum"]) }, sync }, when());
}

const tagged = (kind: "no" | "zero" | "one") => ({
  ...NO_TAGS,
  nofailover: kind === "no",
  failoverPriority: kind === "no" ? null : kind === "zero" ? 0 : 1,
});
