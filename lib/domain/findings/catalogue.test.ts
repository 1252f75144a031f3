import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { createTranslator } from "use-intl/core";
import { describe, expect, it, vi } from "vitest";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";
import type { Message } from "../message";
import { buildSnapshot } from "../snapshot/build";
import { type ClusterOptions, healthyState, NOW } from "../testing/builders";
import { seeded } from "../testing/random";
import { bareText } from "../testing/samples";
import { troubledState } from "../testing/troubles";
import { FINDING_GROUPS, RUNBOOK_IDS, SEVERITIES, SUBJECT_KINDS } from "./finding";
import type { FindingRule } from "./rule";
import { RULES } from "./rules";
import { allSaid, inputOf } from "./testing/staleness";

/** Every rule there is: that it is listed, told in both languages, tested, and quiet where all is well. */

vi.setConfig({ testTimeout: 60_000 });

const HERE = join(import.meta.dirname, "rules");
const files = readdirSync(HERE, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
const tests = files.filter((file) => file.endsWith(".test.ts"));
const modules = files.filter(
  (file) => dirname(file) !== "." && !file.endsWith(".test.ts") && basename(file) !== "index.ts",
);

const isRule = (value: unknown): value is FindingRule =>
  typeof value === "object" && value !== null && "find" in value && "id" in value && "group" in value;

const exported = await Promise.all(
  modules.map(async (file) => ({
    file,
    rules: Object.values((await import(join(HERE, file))) as Record<string, unknown>).filter(isRule),
  })),
);
const ofFile = exported.filter(({ rules }) => rules.length > 0);

describe("the catalogue of rules", () => {
  it("is not empty, and has every group", () => {
    expect(RULES.length).toBeGreaterThan(50);
    expect([...new Set(RULES.map(({ group }) => group))].sort()).toEqual([...FINDING_GROUPS].sort());
  });

  it("holds each rule that a file exports, once", () => {
    const listed = RULES.map(({ id }) => id);
    expect(listed.filter((id, i) => listed.indexOf(id) !== i)).toEqual([]);
    expect(ofFile.flatMap(({ rules }) => rules.map(({ id }) => id)).sort()).toEqual([...listed].sort());
  });

  it("has one rule a file, named by its id, in its group's folder", () => {
    const wrong = ofFile.flatMap(({ file, rules }) =>
      rules
        .filter(({ id, group }) => {
          const name = basename(file, ".ts");
          return rules.length > 1 || dirname(file) !== group || (id !== name && !id.endsWith(`-${name}`));
        })
        .map(({ id, group }) => `${file}: ${group}/${id}`),
    );
    expect(wrong).toEqual([]);
  });

  it.each(RULES.map((rule) => [rule.id, rule] as const))("%s: a kebab-case id, a known runbook", (id, { runbook }) => {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    if (runbook !== null) expect(RUNBOOK_IDS).toContain(runbook);
  });

  it("says in its docstring why a rule of its own offers no runbook, or on what it hangs", () => {
    const silent = ofFile.filter(({ file, rules }) => {
      const docs = readFileSync(join(HERE, file), "utf8").match(/\/\*\*[\s\S]*?\*\//g) ?? [];
      return rules.some(({ runbook }) => runbook === null) && !docs.some((doc) => /runbook/i.test(doc));
    });
    expect(silent.map(({ file }) => file)).toEqual([]);
  });

  it("is tested: each rule is named in a test of its group", () => {
    const texts = tests.map((file) => [dirname(file), readFileSync(join(HERE, file), "utf8")] as const);
    const untested = RULES.filter(({ id, group }) => {
      const symbol = exportedName(id);
      return !texts.some(
        ([folder, text]) => folder === group && (text.includes(`"${id}`) || (symbol !== null && text.includes(symbol))),
      );
    });
    expect(untested.map(({ group, id }) => `${group}/${id}`)).toEqual([]);
  });
});

/** The path by which a test imports the rule's own file. */
function exportedName(id: string): string | null {
  const found = ofFile.find(({ rules }) => rules.some((rule) => rule.id === id));
  return found ? `from "./${basename(found.file, ".ts")}"` : null;
}

const SHAPES: readonly (readonly [string, ClusterOptions])[] = [
  ["three members", {}],
  ["a client's eye", { clientEye: true }],
  ["seven members", { names: ["a", "b", "c", "d", "e", "f", "g"] }],
  ["a VIP beside HAProxy", { vip: "haproxy" }],
  ["Patroni and its DCS alone", { haproxy: false, pgbouncer: false, postgres: false, vip: null }],
];
const CONFIG = { ttl: 30, loop_wait: 10, retry_timeout: 10, maximum_lag_on_failover: 1_048_576 };

describe("a healthy cluster", () => {
  it.each(SHAPES)("of %s: nothing worth a warning", (_, options) => {
    const { now, state, picture, evidence, limits, watch } = inputOf(healthyState(options), null, NOW);
    const said = allSaid({ now, state, picture, evidence, limits, watch }, RULES);
    expect(said.filter(({ draft }) => draft.severity !== "info").map(({ rule }) => rule.id)).toEqual([]);
  });

  it("of three members as they are usually configured: nothing critical, and nothing of how it runs", () => {
    const state = healthyState({ clientEye: true });
    const usual = { ...state.dcs.good?.value.config, ...CONFIG, postgresql: { use_pg_rewind: true, use_slots: true } };
    const good = state.dcs.good && { ...state.dcs.good, value: { ...state.dcs.good.value, config: usual } };
    const said = allSaid(inputOf({ ...state, dcs: { ...state.dcs, good } }, null, NOW), RULES);
    expect(said.filter(({ rule }) => rule.group !== "configuration").map(({ rule }) => rule.id)).toEqual([]);
  });

  it("that has just been started to be looked at: nothing critical", () => {
    const state = healthyState();
    const first = { ...buildSnapshot(state, null, NOW, bareText), version: 1 };
    expect(first.findings.filter(({ severity }) => severity === "critical")).toEqual([]);
  });
});

type Tree = { readonly [key: string]: string | Tree };

const random = seeded(44);
const said = Array.from({ length: 250 }, (_, i) => troubledState(random, NOW + i)).flatMap((state, i) =>
  allSaid(inputOf(state, null, NOW + i), RULES),
);

it("what rules say is of the kinds that there are", () => {
  for (const { draft } of said) {
    expect(SEVERITIES).toContain(draft.severity);
    expect(SUBJECT_KINDS).toContain(draft.subject.kind);
    expect(draft.subject.name).not.toBe("");
    if (draft.runbook) expect(RUNBOOK_IDS).toContain(draft.runbook);
  }
});

it("one rule never says two things under one name", () => {
  const random = seeded(45);
  for (let i = 0; i < 150; i++) {
    const drafts = allSaid(inputOf(troubledState(random, NOW + i), null, NOW + i), RULES);
    const names = drafts.map(({ rule, draft }) => `${rule.id}:${draft.subject.name}/${draft.key ?? ""}`);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  }
});

describe.each([
  ["en", en],
  ["ru", ru],
] as const)("messages in %s", (locale, messages) => {
  const section = (messages as unknown as { finding: Tree }).finding;

  it.each(RULES.map(({ id }) => id))("%s has a title, what it means and what to do", (id) => {
    const own = section[id];
    expect(own).toMatchObject({
      title: expect.stringMatching(/\S/),
      means: expect.stringMatching(/\S/),
      do: expect.stringMatching(/\S/),
    });
  });

  it("has no texts of a rule that there is not", () => {
    const known = new Set(RULES.map(({ id }) => id));
    const strange = Object.keys(section).filter((id) => !known.has(id) && id.includes("-"));
    expect(strange).toEqual([]);
  });

  it("render what rules say, what it means and what to do, with every value in its place", () => {
    const errors: string[] = [];
    const translate = createTranslator({
      locale,
      messages: messages as never,
      timeZone: "UTC",
      onError: (error: Error) => void errors.push(error.message),
    }) as unknown as (key: string, params: Message["params"]) => string;
    const different = new Map(
      said.map((one) => [JSON.stringify([one.rule.id, one.draft.text, one.draft.evidence]), one]),
    );
    for (const { rule, draft } of different.values()) {
      const { params } = draft.text;
      const own = ["title", "means", "do"].map((part) => translate(`finding.${rule.id}.${part}`, params));
      const texts = [
        translate(draft.text.key, params),
        ...draft.evidence.map(({ text }) => translate(text.key, text.params)),
      ];
      for (const text of [...own, ...texts]) expect(text).not.toMatch(/undefined|NaN|\bnull\b/);
    }
    expect([...new Set(errors)]).toEqual([]);
  });
});
