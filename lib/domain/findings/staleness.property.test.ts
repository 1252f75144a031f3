import { describe, expect, it, vi } from "vitest";
import type { ClusterState } from "../cluster-state";
import type { EpochMs } from "../ids";
import type { Snapshot } from "../snapshot";
import { NOW } from "../testing/builders";
import { seeded } from "../testing/random";
import { troubledState } from "../testing/troubles";
import { FINDING_GROUPS } from "./finding";
import type { FindingInput, FindingRule } from "./rule";
import { RULES } from "./rules";
import { writePoolEmpty } from "./rules/routing/write-pool-empty";
import { archiving } from "./rules/server/archiving";

import {
  allSaid,
  breaches,
  gullible,
  inputOf,
  inWords,
  isFresh,
  looksOf,
  tightLipped,
  withOtherStaleValues,
} from "./testing/staleness";
import type { Watch } from "./watch/types";

vi.setConfig({ testTimeout: 60_000 });

const ROUNDS = 500;

type Round = {
  readonly state: ClusterState;
  readonly now: EpochMs;
  readonly input: FindingInput;
  /** The same with every stale value replaced by that of another state. */
  readonly swapped: FindingInput;
};

function makeRounds(): Round[] {
  const random = seeded(5_000_005);
  const rounds: Round[] = [];
  let previous: Snapshot | null = null;
  for (let i = 0; i < ROUNDS; i++) {
    const now = NOW + i * 1_000;
    const state = troubledState(random, now);
    const before: Snapshot | null = i % 3 === 0 ? null : previous;
    const watch = restless(state, now, random);
    const input = inputOf(state, before, now, watch);
    const other = withOtherStaleValues(state, troubledState(random, now), now);
    rounds.push({ state, now, input, swapped: inputOf(other, before, now, watch) });
    previous = { ...(input.picture as Snapshot), version: 1 };
  }
  return rounds;
}

/** A watch that has seen much: changes in quick succession, and figures that only ever rose. */
function restless(state: ClusterState, now: EpochMs, random: () => number): Watch {
  const at = (ago: number) => new Date(now - ago).toISOString() as Watch["pending"][string];
  const changes = ["vip-holder", "dcs-leader", "leader"].map((what) => [
    what,
    [at(90_000), at(60_000), at(30_000), at(9_000)],
  ]);
  const rising = Array.from({ length: 12 }, (_, i) => ({ at: now - (12 - i) * 30_000, value: i * 90_000_000 }));
  const tracks = state.roster.map(({ name }) => [`replay-lag:${name}`, rising]);
  return {
    pending: {},
    changes: random() < 0.5 ? Object.fromEntries(changes) : {},
    told: {},
    tracks: random() < 0.5 ? Object.fromEntries(tracks) : {},
  };
}

const rounds = makeRounds();

/** What the property has against these rules, over all rounds. */
function objections(rules: readonly FindingRule[]): string[] {
  const found = rounds.flatMap(({ state, now, input, swapped }) => {
    const said = allSaid(input, rules);
    const [here, there] = [inWords(said), inWords(allSaid(swapped, rules))];
    const moved = [...here.filter((one) => !there.includes(one)), ...there.filter((one) => !here.includes(one))];
    return [
      ...breaches(said, state, now),
      ...moved.map((one) => `${(JSON.parse(one) as string[])[0]} is moved by a stale value: ${one}`),
    ];
  });
  return [...new Set(found)];
}

describe(`over ${ROUNDS} random states`, () => {
  it("the states are stale and fresh enough to tell, and every group of findings comes up", () => {
    const looks = rounds.flatMap(({ state, now }) => [...looksOf(state).values()].map((look) => isFresh(look, now)));
    const fresh = looks.filter(Boolean).length / looks.length;
    expect(fresh).toBeGreaterThan(0.5);
    expect(fresh).toBeLessThan(0.95);
    const groups = new Set(rounds.flatMap(({ input }) => allSaid(input, RULES).map(({ rule }) => rule.group)));
    expect([...groups].sort()).toEqual([...FINDING_GROUPS].sort());
  });

  it("no finding rests on a source that is stale, and no stale value moves one", () => {
    expect(objections(RULES)).toEqual([]);
  });

  it("no witness speaks for or against the verdict by a source that is stale", () => {
    const wrong = rounds.flatMap(({ state, now, input }) => {
      const looks = looksOf(state);
      return input.picture.writePath.witnesses
        .filter(({ verdict }) => verdict === "agree" || verdict === "disagree")
        .flatMap(({ layer, sourceIds }) => {
          const stale = sourceIds.filter((id) => {
            const look = looks.get(id);
            return !look || !isFresh(look, now);
          });
          return stale.map((id) => `${layer} speaks by ${id}`);
        });
    });
    expect([...new Set(wrong)]).toEqual([]);
  });

  it("the verdict's sentence is not moved by a stale value", () => {
    const moved = rounds.flatMap(({ input, swapped }) => {
      const there = swapped.picture.writePath;
      const here = input.picture.writePath;
      return here.sentence === there.sentence ? [] : [`${here.sentence} / ${there.sentence}`];
    });
    expect(moved).toEqual([]);
  });
});

describe("the property itself", () => {
  const countingConnections: FindingRule = {
    id: "counting-connections",
    group: "server",
    runbook: null,
    find: ({ state }) =>
      Object.values(state.postgres).flatMap(({ target, good }) =>
        (good?.value.connections ?? 0) > 180
          ? [
              {
                severity: "warn",
                subject: { kind: "member", name: target, member: null },
                text: { key: "finding.counting-connections.text", params: { count: good?.value.connections ?? 0 } },
                evidence: [{ text: { key: "x", params: {} }, sourceId: `postgres:${target}` }],
              },
            ]
          : [],
      ),
  };

  it.each<readonly [string, FindingRule, RegExp]>([
    [
      "believes a HAProxy's stale word",
      gullible(writePoolEmpty),
      /write-pool-empty of \w+ rests on haproxy:\w+, stale/,
    ],
    ["believes the archiver's stale word", gullible(archiving), /archiving of \w+ rests on postgres-vitals:\w+, stale/],
    [
      "reads looks without judging them",
      countingConnections,
      /counting-connections of \w+ rests on postgres:\w+, stale/,
    ],
    [
      "reads looks without judging them, and does not say so",
      tightLipped(countingConnections),
      /counting-connections is moved by a stale value/,
    ],
  ])("catches a rule that %s", (_, rule, objection) => {
    expect(objections([rule]).join("\n")).toMatch(objection);
  });
});
