import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { placesSchema } from "@/lib/contract/runbooks";
import { snapshotSchema } from "@/lib/contract/snapshot";
import type { Message } from "@/lib/domain/message";
import type { Condition } from "@/lib/domain/runbooks/condition";
import { fillRunbook, type Say } from "@/lib/domain/runbooks/fill-runbook";
import { type Ground, judge } from "@/lib/domain/runbooks/judge";
import { readingsOf } from "@/lib/domain/runbooks/readings";
import type { Runbook } from "@/lib/domain/runbooks/runbook";
import type { Snapshot } from "@/lib/domain/snapshot";
import { recordedPictures, recordedPlaces } from "@/lib/domain/testing/recorded";
import { createT, messageText } from "@/lib/format/message";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";
import { loadRunbooks } from "./load";

/**
 * The built-in runbooks on pictures of a real cluster in trouble. A condition is true or it is not: what rests on something that is out of
 * sight is not true either, and says so (`known: false`), which is never an error. How much may be out of sight is held to what the
 * picture itself says it does not see.
 */

const { runbooks } = loadRunbooks(join(import.meta.dirname, "../../runbooks"), null);
const PICTURES = recordedPictures();
const PLACES = recordedPlaces();

const [english, russian] = [createT("en", en), createT("ru", ru)];
const SAY: Say = {
  en: (text: Message) => messageText(english, text),
  ru: (text: Message) => messageText(russian, text),
};

/** Preconditions, checks and waits: a decision is made by a person, and an action is judged by its own preflight. */
const conditionsOf = ({ preconditions, steps }: Runbook): readonly Condition[] => [
  ...preconditions.map(({ condition }) => condition),
  ...steps.flatMap((step) => (step.kind === "check" || step.kind === "wait" ? [step.condition] : [])),
];

/** What a person would give: the leader of then, or whoever leads least, and a replica beside it. */
function givenFor({ inputs }: Runbook, { leader, members }: Snapshot): Record<string, string> {
  const first = leader?.name ?? members[0]?.name ?? "node1";
  const second = members.find(({ name }) => name !== first)?.name ?? "node2";
  const given = { leader: first, member: second, replica: second, moment: "2026-11-21T02:30:00.000Z", text: "main" };
  return Object.fromEntries(inputs.map(({ name, kind }) => [name, given[kind]]));
}

/** True or false, said to be known or not, and so are the facts that it rests on. */
function isJudged(condition: Condition, ground: Ground): boolean {
  const { value, known } = judge(condition, ground);
  const facts = readingsOf(condition, ground).map((one) => one.value.known);
  return typeof value === "boolean" && (known === true || (known === false && !value)) && facts.every(isFlag);
}
const isFlag = (value: unknown): boolean => typeof value === "boolean";

const wordsOf = ({ preconditions, steps }: Runbook): string => JSON.stringify([preconditions, steps]);

const pictureNamed = (name: string): Snapshot => {
  const found = PICTURES.find((one) => one.name === name);
  if (!found) throw new Error(`no picture ${name}`);
  return found.snapshot;
};
const seesAll = ({ sources }: Snapshot): boolean => sources.every(({ lastOkAt, stale }) => lastOkAt !== null && !stale);

describe("the recorded pictures", () => {
  test("are at least fifty, each of its own moment", () => {
    expect(PICTURES.length).toBeGreaterThanOrEqual(50);
    const moments = PICTURES.map(({ snapshot: { at, version } }) => `${at} ${version}`);
    expect(new Set(moments).size).toBe(PICTURES.length);
  });

  test("are whole by the contract of today", () => {
    expect(placesSchema.safeParse(PLACES).error).toBeUndefined();
    for (const { name, snapshot } of PICTURES) {
      expect(snapshotSchema.safeParse(snapshot).error, `${name}: run npm run record-snapshots`).toBeUndefined();
    }
  });

  test("show every state of the write path, and a good part of the findings", () => {
    const states = new Set(PICTURES.map(({ snapshot }) => snapshot.writePath.state));
    expect([...states].sort()).toEqual(["broken", "degraded", "ok", "split", "unknown"]);
    const rules = new Set(PICTURES.flatMap(({ snapshot }) => snapshot.findings.map(({ rule }) => rule)));
    expect(rules.size).toBeGreaterThan(25);
  });
});

describe.each(runbooks.map((runbook) => [runbook.id, runbook] as const))("%s", (_id, runbook) => {
  const conditions = conditionsOf(runbook);

  test("every condition is true or false on each of them, and what is not known is not true", () => {
    const wrong = PICTURES.flatMap(({ name, snapshot: picture }) => {
      const ground = { picture, inputs: givenFor(runbook, picture) };
      return conditions.filter((one) => !isJudged(one, ground)).map(({ source }) => `${source} on ${name}`);
    });
    expect(wrong).toEqual([]);
  });

  test("every condition is known while everything is seen", () => {
    const picture = pictureNamed("healthy");
    expect(seesAll(picture)).toBe(true);
    const open = conditions.filter((one) => !judge(one, { picture, inputs: givenFor(runbook, picture) }).known);
    expect(open.map(({ source }) => source)).toEqual([]);
  });

  test("it reads in both languages for that cluster, with every placeholder filled", () => {
    const picture = pictureNamed("healthy");
    const ground = { picture, places: PLACES, asked: runbook.inputs, inputs: givenFor(runbook, picture) };
    const { runbook: filled, unfilled } = fillRunbook(runbook, ground, SAY);
    expect(unfilled).toEqual([]);
    expect(wordsOf(filled)).not.toMatch(/‹|›|undefined|\bNaN\b/);
    for (const { title } of filled.steps) {
      expect(title.ru).toMatch(/[А-Яа-яё]/);
      expect(title.en).not.toMatch(/[А-Яа-яё]/);
    }
  });

  test("in trouble it reads too, and says in words what cannot be filled", () => {
    for (const { snapshot: picture } of PICTURES) {
      const ground = { picture, places: PLACES, asked: runbook.inputs, inputs: givenFor(runbook, picture) };
      const { runbook: filled, unfilled } = fillRunbook(runbook, ground, SAY);
      expect(wordsOf(filled).includes("‹")).toBe(unfilled.length > 0);
    }
  });
});
