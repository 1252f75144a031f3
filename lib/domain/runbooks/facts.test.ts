import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { MemberView, Snapshot } from "../snapshot";
import { buildSnapshot } from "../snapshot/build";
import { NOW } from "../testing/builders";
import { randomState, seeded, upsetReplicas } from "../testing/random";
import { bareText } from "../testing/samples";
import { readCondition } from "./check";
import type { FactType, FactValue } from "./fact";
import { CLUSTER_FACTS, FACTS_OF_MEMBER } from "./facts";
import { judge } from "./judge";
import { CLUSTER_PLACES, MEMBER_PLACES } from "./placeholder-values";

const ROUNDS = 400;
const STALE_MS = 600_000;
const ARGUMENT: Readonly<Record<string, string>> = { finding: "no-leader", configured: "ttl" };

/** They come from the configuration or from our own boards, and do not age. */
const AGELESS: ReadonlySet<string> = new Set([
  "name",
  "dcsMembers",
  "haproxyNodes",
  "production",
  "operationRunning",
  "maintenance",
]);

type Seen = { readonly name: string; readonly type: FactType; readonly value: FactValue };

function everyFact(picture: Snapshot): Seen[] {
  const ofMember = (member: MemberView) =>
    [...FACTS_OF_MEMBER].map(([name, fact]) => ({ name, type: fact, value: fact.read(member, picture) }));
  const ofCluster = [...CLUSTER_FACTS].map(([name, fact]) => ({
    name,
    type: fact,
    value: fact.read(picture, ARGUMENT[name] ?? ""),
  }));
  return [...ofCluster, ...picture.members.flatMap(ofMember)];
}

/** A comparison of a fact that its type allows. */
function conditionOf(name: string, type: FactType, argument: string): string {
  const fact = `${name}${argument}`;
  if (type.type === "boolean") return fact;
  if (type.type === "number") return `${fact} < ${{ count: "2", bytes: "16MB", ms: "5m" }[type.unit]}`;
  return `${fact} == "${type.type === "text" ? (type.values?.[0] ?? "x") : "node2"}"`;
}

const CONDITIONS = [
  ...[...CLUSTER_FACTS].map(([name, fact]) =>
    conditionOf(name, fact, fact.argument === null ? "" : `("${ARGUMENT[name]}")`),
  ),
  ...[...FACTS_OF_MEMBER].flatMap(([name, fact]) => [
    conditionOf(name, fact, '("node2")'),
    conditionOf(name, fact, "(leader)"),
    `every replica (${conditionOf(name, fact, "")})`,
    `some member (not ${conditionOf(name, fact, "")})`,
  ]),
].map((source) => {
  const read = readCondition(source, new Map());
  if (read.kind === "error") throw new Error(`${source}: ${JSON.stringify(read.problems)}`);
  return read.condition;
});

describe(`over ${ROUNDS} random states`, () => {
  const random = seeded(20_261_121);
  const rounds = Array.from({ length: ROUNDS }, (_, i) => {
    const now = NOW + i * 1_000;
    const state = upsetReplicas(random, randomState(random, now), now);
    const at = (ms: number): Snapshot => ({ ...buildSnapshot(state, null, ms, bareText), version: 1 });
    return { picture: at(now), stale: at(now + STALE_MS) };
  });

  test("every fact is of its type, or not known", () => {
    const wrong = rounds.flatMap(({ picture }) => everyFact(picture).filter((seen) => !isOfItsType(seen)));
    expect(wrong).toEqual([]);
  });

  test("every fact is known in some of them: none is dead", () => {
    const known = new Set(
      rounds.flatMap(({ picture }) => everyFact(picture).flatMap(({ name, value }) => (value.known ? [name] : []))),
    );
    // Nothing of these is in a random state: no backups, no boards of ours.
    const absent = ["backups", "backupAge", "backupRunning", "restorable", "operationRunning", "maintenance"];
    expect([...CLUSTER_FACTS.keys(), ...FACTS_OF_MEMBER.keys()].filter((name) => !known.has(name))).toEqual(absent);
  });

  test("nothing is known by what is stale", () => {
    const known = rounds.flatMap(({ stale }) => everyFact(stale).filter(({ value }) => value.known));
    expect([...new Set(known.map(({ name }) => name))].filter((name) => !AGELESS.has(name))).toEqual([]);
  });

  test("every condition comes to true, false or not known, and to the same each time", () => {
    const seen = new Set<string>();
    for (const { picture } of rounds) {
      for (const condition of CONDITIONS) {
        const judged = judge(condition, { picture, inputs: {} });
        seen.add(`${judged.value}/${judged.known}`);
        expect(judge(condition, { picture, inputs: {} })).toEqual(judged);
      }
    }
    expect([...seen].sort()).toEqual(["false/false", "false/true", "true/true"]);
  });
});

function isOfItsType({ type, value }: Seen): boolean {
  if (!value.known) return value.least === null || value.most === null || value.least <= value.most;
  if (value.value === null) return "none" in type && type.none === true;
  if (type.type === "number") return typeof value.value === "number" && Number.isFinite(value.value);
  if (type.type === "boolean") return typeof value.value === "boolean";
  if (typeof value.value !== "string" || value.value === "") return false;
  return type.type === "member" || type.values === null || type.values.includes(value.value);
}

describe("the catalogue", () => {
  const readme = readFileSync(join(import.meta.dirname, "../../../runbooks/README.md"), "utf8");

  test("no name is both a fact of the cluster and of a member", () => {
    expect([...CLUSTER_FACTS.keys()].filter((name) => FACTS_OF_MEMBER.has(name))).toEqual([]);
  });

  test("every fact and every placeholder is told of in runbooks/README.md", () => {
    const facts = [...CLUSTER_FACTS.keys(), ...FACTS_OF_MEMBER.keys()];
    const untold = [
      ...facts.filter((name) => !new RegExp(`^\\|[^|]*\`${name}[\`(]`, "m").test(readme)),
      ...[...CLUSTER_PLACES.keys()].filter((name) => !readme.includes(`\`{${name}}\``)),
      ...[...MEMBER_PLACES.keys()].filter((name) => !new RegExp(`^.*\`${name}\`.*$`, "m").test(readme)),
    ];
    expect(untold).toEqual([]);
  });
});
