import { describe, expect, it } from "vitest";
import type { PlanContext } from "../actions/facts";
import { blocksOf, type Check } from "../actions/plan";
import type { ClusterState } from "../cluster-state";
import { type MemberName, memberName } from "../ids";
import { type Look, STALE_AFTER_INTERVALS } from "../observation";
import { NOW } from "../testing/builders";
import { contextOf } from "../testing/plan";
import { randomState, seeded, upsetReplicas } from "../testing/random";
import { failover } from "./failover";
import { reinitialize } from "./reinitialize";
import { switchover } from "./switchover";

/**
 * For random states: no plan without blocks targets a member that is the leader, not a member, stale, `nofailover`, or on another
 * timeline. The oracle reads the raw looks and shares nothing with the checks.
 */

const ROUNDS = 4_500;
const KINDS = ["switchover", "failover", "reinitialize"] as const;
type Kind = (typeof KINDS)[number];

/** Freshness by its definition, told again here so that the rules' own helper is not its own judge. */
function freshValue<T>(look: Look<T> | undefined, now: number): T | null {
  if (!look?.good || now - look.good.at > look.intervalMs * STALE_AFTER_INTERVALS) return null;
  const failure = look.last?.failure;
  return failure && failure.kind !== "timeout" && failure.kind !== "aborted" ? null : look.good.value;
}

/** Why this member must not be the target; empty when it may. */
function objections(state: ClusterState, target: MemberName, kind: Kind, now: number): readonly string[] {
  const dcs = freshValue(state.dcs, now);
  const own = freshValue(state.patroni[target], now);
  if (!dcs) return ["stale-dcs"];
  const key = dcs.members.find(({ name }) => name === target);
  const said: string[] = [];
  if (dcs.leader?.name === target || own?.role === "primary") said.push("leader");
  if (!key) said.push("no-member");
  if (!own) said.push("stale");
  if (kind === "reinitialize") return said;
  const tags = [own?.tags, key?.tags];
  if (tags.some((one) => one?.nofailover || (one?.failoverPriority ?? 1) <= 0)) said.push("nofailover");
  const leader = dcs.leader?.name;
  const led = leader === undefined ? null : freshValue(state.patroni[leader], now)?.timeline;
  if (own && led != null && own.timeline !== led) said.push("timeline");
  return said;
}

function checksOf(kind: Kind, target: MemberName, context: PlanContext): readonly Check[] {
  switch (kind) {
    case "switchover":
      return switchover.checks({ action: kind, candidate: target, scheduledAt: null }, context);
    case "failover":
      return failover.checks({ action: kind, candidate: target }, context);
    case "reinitialize":
      return reinitialize.checks({ action: kind, member: target, fromLeader: false }, context);
  }
}

type Case = {
  readonly kind: Kind;
  readonly target: MemberName;
  readonly context: PlanContext;
  readonly checks: readonly Check[];
};

const random = seeded(20_261_122);
const cases: readonly Case[] = Array.from({ length: ROUNDS }, (_, i) => {
  const now = NOW + i * 1_000;
  const state = upsetReplicas(random, randomState(random, now), now);
  const context = contextOf(state, {}, now);
  const names = [...state.roster.map(({ name }) => name), memberName("nobody")];
  const target = names[Math.floor(random() * names.length)] ?? memberName("nobody");
  const kind = KINDS[i % KINDS.length] ?? "switchover";
  return { kind, target, context, checks: checksOf(kind, target, context) };
});

/** Plans that would be let through, with what is wrong with their target; `blind` to the blocks of some checks. */
const letThrough = (kind: Kind, blind: (check: Check) => boolean = () => false) =>
  cases
    .filter((one) => one.kind === kind && blocksOf(one.checks).every(blind))
    .map((one) => ({
      target: one.target,
      wrong: objections(one.context.state, one.target, kind, one.context.now),
    }));

describe.each(KINDS)(`%s over ${ROUNDS} random states`, (kind) => {
  it("never targets what it must not", () => {
    expect(letThrough(kind).filter(({ wrong }) => wrong.length > 0)).toEqual([]);
  });
  it("is not refused for everything", () => {
    expect(letThrough(kind).length).toBeGreaterThan(15);
  });
  it("gives each check an id of its own", () => {
    for (const { checks } of cases) {
      const ids = checks.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});

/** Which blocks have to be overlooked for the violation to come through: each of them is there for it. */
const WEAKENED: readonly (readonly [Kind, string, readonly string[]])[] = [
  ["switchover", "nofailover", ["candidate-tags"]],
  ["switchover", "timeline", ["candidate-timeline"]],
  [
    "switchover",
    "no-member",
    [
      "candidate-exists",
      "candidate-reachable",
      "candidate-identity",
      "candidate-running",
      "candidate-streaming",
      "candidate-timeline",
      "candidate-lag",
      "candidate-tags",
      "candidate-watchdog",
      "candidate-sync",
    ],
  ],
  [
    "switchover",
    "stale",
    [
      "candidate-reachable",
      "candidate-identity",
      "candidate-running",
      "candidate-streaming",
      "candidate-timeline",
      "candidate-watchdog",
    ],
  ],
  ["switchover", "leader", ["candidate-not-leader", "candidate-streaming", "candidate-lag", "one-writer"]],
  ["failover", "nofailover", ["candidate-tags"]],
  ["failover", "timeline", ["candidate-timeline"]],
  ["failover", "leader", ["candidate-not-leader", "candidate-streaming", "candidate-lag", "one-writer"]],
  ["reinitialize", "leader", ["target-not-leader"]],
  ["reinitialize", "stale", ["target-not-leader", "target-reachable:", "target-identity:", "target-idle:"]],
];

describe("a weakened preflight is caught", () => {
  it.each(WEAKENED)("%s of what is %s, without %j", (kind, what, ids) => {
    const blind = (check: Check) => ids.some((id) => check.id === id || (id.endsWith(":") && check.id.startsWith(id)));
    const violations = letThrough(kind, blind).filter(({ wrong }) => wrong.includes(what));
    expect(violations.length).toBeGreaterThan(0);
  });
});
