import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { actionRequestSchema } from "@/lib/contract/actions/request";
import { RUNBOOK_IDS } from "@/lib/domain/findings/finding";
import { RULES } from "@/lib/domain/findings/rules";
import type { Message } from "@/lib/domain/message";
import type { Condition } from "@/lib/domain/runbooks/condition";
import { fillRunbook, type Say } from "@/lib/domain/runbooks/fill-runbook";
import { judge } from "@/lib/domain/runbooks/judge";
import { requestDraft } from "@/lib/domain/runbooks/request-defaults";
import type { Runbook } from "@/lib/domain/runbooks/runbook";
import type { Snapshot } from "@/lib/domain/snapshot";
import { buildSnapshot } from "@/lib/domain/snapshot/build";
import { NOW } from "@/lib/domain/testing/builders";
import { samplePlaces } from "@/lib/domain/testing/places";
import { randomState, seeded, upsetReplicas } from "@/lib/domain/testing/random";
import { bareText, SAMPLE_KINDS, sampleSnapshot } from "@/lib/domain/testing/samples";
import { createT, messageText } from "@/lib/format/message";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";
import { loadRunbooks } from "./load";

const { runbooks, broken } = loadRunbooks(join(import.meta.dirname, "../../runbooks"), null);
const DRILLS = ["drill-failover", "drill-haproxy-loss", "drill-restore"];
/** Offered like a procedure, and guarded like a drill: it takes the leader away on purpose. */
const BREAKING = ["load-test"];

const [english, russian] = [createT("en", en), createT("ru", ru)];
const SAY: Say = {
  en: (text: Message) => messageText(english, text),
  ru: (text: Message) => messageText(russian, text),
};

const conditionsOf = ({ preconditions, steps }: Runbook): readonly Condition[] => [
  ...preconditions.map(({ condition }) => condition),
  ...steps.flatMap((step) => (step.kind === "check" || step.kind === "wait" ? [step.condition] : [])),
];

const random = seeded(50);
const PICTURES: readonly Snapshot[] = [
  ...SAMPLE_KINDS.map((kind) => sampleSnapshot(kind)),
  ...Array.from({ length: 30 }, (): Snapshot => {
    const state = upsetReplicas(random, randomState(random, NOW), NOW);
    return { ...buildSnapshot(state, null, NOW, bareText), version: 1 };
  }),
];

/** What a person would give on a healthy sample cluster. */
const givenFor = ({ inputs }: Runbook): Record<string, string> =>
  Object.fromEntries(
    inputs.map(({ name, kind }) => [
      name,
      { leader: "node1", member: "node2", replica: "node2", moment: "2026-11-21T02:30:00.000Z", text: "main" }[kind],
    ]),
  );

describe("the built-in runbooks", () => {
  test("none is broken", () => expect(broken.flatMap(({ problems }) => problems)).toEqual([]));

  test("are those that may be offered, and the drills, which nothing that is wrong calls for", () => {
    expect(runbooks.map(({ id }) => id).sort()).toEqual([...RUNBOOK_IDS, ...DRILLS].sort());
    expect(runbooks.filter(({ kind }) => kind === "drill").map(({ id }) => id)).toEqual([...BREAKING, ...DRILLS]);
  });

  test("each that a rule offers knows that rule", () => {
    const offered = RULES.flatMap(({ id, runbook }) => (runbook === null ? [] : [{ rule: id, runbook }]));
    const unaware = offered.filter(
      ({ rule, runbook }) => !runbooks.find(({ id }) => id === runbook)?.findings.includes(rule),
    );
    expect(unaware).toEqual([]);
  });
});

describe.each(runbooks.map((runbook) => [runbook.id, runbook] as const))("%s", (_id, runbook) => {
  test("every condition comes to true, false or not known in every situation", () => {
    for (const picture of PICTURES) {
      for (const condition of conditionsOf(runbook)) {
        const { value, known } = judge(condition, { picture, inputs: givenFor(runbook) });
        expect([value, known].every((one) => typeof one === "boolean") && (known || !value)).toBe(true);
      }
    }
  });

  test("every action, filled in, is one that the API takes", () => {
    for (const step of runbook.steps) {
      if (step.kind !== "action") continue;
      const draft = requestDraft(step.request, givenFor(runbook));
      // Who shall lead after a failover may be left to the dialog.
      const chosen = draft.action === "failover" ? { candidate: draft.candidate ?? "node2" } : {};
      expect(actionRequestSchema.safeParse({ ...draft, ...chosen }).error).toBeUndefined();
    }
  });

  test("it reads in both languages for a healthy cluster, and only backups that are not there are missing", () => {
    const ground = {
      picture: sampleSnapshot("healthy"),
      places: samplePlaces(),
      asked: runbook.inputs,
      inputs: givenFor(runbook),
    };
    const filled = fillRunbook(runbook, ground, SAY);
    expect(filled.unfilled.filter((name) => !/^(backup\.last|restore\.)/.test(name))).toEqual([]);
    const { steps } = filled.runbook;
    expect(steps.map(({ id }) => id)).toEqual(runbook.steps.map(({ id }) => id));
    for (const { title, text } of steps) {
      expect(title.ru).toMatch(/[А-Яа-яё]/);
      if (text) expect(text.ru).toMatch(/[А-Яа-яё]/);
      expect(title.en).not.toMatch(/[А-Яа-яё]/);
    }
  });
});
