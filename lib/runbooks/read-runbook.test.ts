// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the shell's own syntax is what is tested
import { describe, expect, test } from "vitest";
import { readRunbook } from "./read-runbook";
import { runbookText } from "./testing/runbook-text";

const read = (text: string) => readRunbook({ id: "own", file: "own.yaml", text, builtIn: false });
const problemsOf = (text: string): readonly string[] => {
  const answer = read(text);
  return answer.kind === "error" ? answer.problems : [];
};

const TITLE = "title: { en: Do, ru: Делайте }";
const steps = (...each: string[]) => runbookText({ inputs: INPUTS, steps: each.map((one) => `  - ${one}`).join("\n") });
const INPUTS = `
  - { name: candidate, kind: replica, label: { en: Who, ru: Кто } }
  - { name: at, kind: moment, label: { en: When, ru: Когда } }
  - { name: ticket, kind: text, label: { en: Ticket, ru: Заявка } }`;
/** Its list of steps begins on the line after `steps:`. */
const FIRST_LINE = 10;

const note = (more = "") => `{ id: a, kind: note, ${TITLE}${more && `, ${more}`} }`;
const named = (id: string, more = "") => `{ id: ${id}, kind: note, ${TITLE}${more && `, ${more}`} }`;
const check = (condition: string, more = "") =>
  `{ id: b, kind: check, ${TITLE}, condition: '${condition}'${more && `, ${more}`} }`;
const action = (request: string) => `{ id: c, kind: action, ${TITLE}, request: ${request} }`;

test("a runbook of every kind of step is read", () => {
  const text = steps(
    `{ id: do, kind: instruction, ${TITLE}, text: { en: "on {candidate}", ru: "на {candidate}" }, commands: [{ line: "{patronictl} list" }, { on: { en: there, ru: там }, line: "echo \${HOME} {{leader}} $(date)" }] }`,
    check("lagBytes($candidate) < 16MB", "holdsUntil: switch"),
    `{ id: switch, kind: action, ${TITLE}, request: { action: switchover, candidate: $candidate } }`,
    `{ id: done, kind: wait, ${TITLE}, condition: leader == $candidate, within: 2m, past: { en: Look, ru: Смотрите } }`,
    `{ id: which, kind: decision, ${TITLE}, options: [{ id: yes, label: { en: Yes, ru: Да }, next: end }, { id: no, label: { en: No, ru: Нет }, next: last }] }`,
    `{ id: last, kind: note, ${TITLE} }`,
  );
  const answer = read(text);
  expect(answer.kind === "error" ? answer.problems : []).toEqual([]);
  expect(answer).toMatchObject({
    runbook: {
      id: "own",
      kind: "procedure",
      expectsLeader: true,
      builtIn: false,
      steps: [
        {
          kind: "instruction",
          commands: [{ on: null }, { on: { en: "there" }, line: "echo ${HOME} {{leader}} $(date)" }],
        },
        { kind: "check", holdsUntil: "switch", condition: { source: "lagBytes($candidate) < 16MB" } },
        { kind: "action", request: { action: "switchover", candidate: "$candidate" } },
        { kind: "wait", withinMs: 120_000 },
        { kind: "decision", next: null, options: [{ next: "end" }, { next: "last" }] },
        { kind: "note", text: null, next: null },
      ],
    },
  });
});

describe("a mistake names file, line and key, and what was expected", () => {
  test.each<[string, string, number, string, string]>([
    ["no Russian title", runbookText().replace(", ru: Дело", ""), 1, "title.ru", "a text in Russian"],
    ["an unknown key", runbookText({ head: "expectLeader: true" }), 4, "expectLeader", "one of the keys"],
    ["an unknown role", runbookText({ role: "viewer" }), 3, "role", "one of operator, admin"],
    ["no steps", runbookText({ steps: "  []" }), 7, "steps", "at least one step"],
    ["broken YAML", `${runbookText()}  x: [`, 8, "(the whole file)", "valid YAML"],
    [
      "an unknown kind",
      steps(note().replace("note", "think")),
      FIRST_LINE,
      "steps[0].kind",
      "a step with a kind: one of instruction",
    ],
    ["an unknown rule", runbookText({ head: "findings: [no-leadr]" }), 4, "findings[0]", "did you mean no-leader?"],
    ["a key of another kind", steps(note("within: 2m")), FIRST_LINE, "steps[0].within", "one of the keys"],
    [
      "a duration without unit",
      steps(`{ id: w, kind: wait, ${TITLE}, condition: paused, within: 5, past: { en: x, ru: y } }`),
      FIRST_LINE,
      "steps[0].within",
      "a duration",
    ],
    [
      "a wrong fact",
      steps(note(), check("leder == $candidate")),
      FIRST_LINE + 1,
      "steps[1].condition",
      "did you mean leader?",
    ],
    [
      "a wrong precondition",
      runbookText({ head: "preconditions:\n  - { text: { en: x, ru: y }, condition: pausd }" }),
      5,
      "preconditions[0].condition",
      "did you mean paused?",
    ],
    [
      "an unknown placeholder",
      steps(note('text: { en: "{leder}", ru: "{leder}" }')),
      FIRST_LINE,
      "steps[0].text.en",
      "did you mean leader?",
    ],
    [
      "an unknown part of a member",
      steps(note('text: { en: "{candidate.hst}", ru: "{candidate.hst}" }')),
      FIRST_LINE,
      "steps[0].text.en",
      "did you mean host?",
    ],
    [
      "a moment has no host",
      steps(note('text: { en: "{at.host}", ru: "{at.host}" }')),
      FIRST_LINE,
      "steps[0].text.en",
      "a placeholder",
    ],
    [
      "braces of a shell",
      steps(`{ id: i, kind: instruction, ${TITLE}, commands: [{ line: "awk '{print}'" }] }`),
      FIRST_LINE,
      "steps[0].commands[0].line",
      "or {{print}} for braces that stay",
    ],
    [
      "other placeholders in Russian",
      steps(note('text: { en: "{candidate}", ru: "{leader}" }')),
      FIRST_LINE,
      "steps[0].text.ru",
      "the placeholders of en ({candidate})",
    ],
    [
      "a placeholder in the title",
      runbookText().replace("A thing", '"{leader}"').replace("Дело", '"{leader}"'),
      1,
      "title.en",
      "without placeholders",
    ],
    [
      "two steps of one id",
      steps(named("a"), named("a")),
      FIRST_LINE + 1,
      "steps[1].id",
      "an id that no other step has",
    ],
    [
      "a step that leads back",
      steps(named("a"), named("b", "next: a")),
      FIRST_LINE + 1,
      "steps[1].next",
      "a step further down, or end",
    ],
    [
      "a step that leads nowhere",
      steps(named("a", "next: z"), named("b")),
      FIRST_LINE,
      "steps[0].next",
      "a step further down, or end",
    ],
    [
      "a step that nothing leads to",
      steps(named("a", "next: end"), named("b")),
      FIRST_LINE + 1,
      "steps[1].id",
      "some other one leads to",
    ],
    [
      "holds until what is behind it",
      steps(named("a"), check("paused", "holdsUntil: a")),
      FIRST_LINE + 1,
      "steps[1].holdsUntil",
      "a step further down",
    ],
    [
      "an unknown action",
      steps(action("{ action: switch }")),
      FIRST_LINE,
      "steps[0].request.action",
      "one of switchover",
    ],
    [
      "an action that no runbook can know",
      steps(action("{ action: backend-cancel, member: $candidate }")),
      FIRST_LINE,
      "steps[0].request.action",
      "one of switchover",
    ],
    [
      "an action without whom",
      steps(action("{ action: reinitialize }")),
      FIRST_LINE,
      "steps[0].request.member",
      "what reinitialize takes here",
    ],
    [
      "an action with a key too many",
      steps(action("{ action: resume, member: $candidate }")),
      FIRST_LINE,
      "steps[0].request.member",
      "a key of resume",
    ],
    [
      "an input that is none",
      steps(action("{ action: reinitialize, member: $who }")),
      FIRST_LINE,
      "steps[0].request.member",
      "an input of this runbook",
    ],
    [
      "a moment in place of a member",
      steps(action("{ action: reinitialize, member: $at }")),
      FIRST_LINE,
      "steps[0].request.member",
      "an input that is a member",
    ],
    [
      "a member in place of a moment",
      steps(action("{ action: switchover, candidate: null, scheduledAt: $candidate }")),
      FIRST_LINE,
      "steps[0].request.scheduledAt",
      "an input of the kind moment",
    ],
    [
      "a state that HAProxy lacks",
      steps(action("{ action: haproxy-server, node: null, pool: p, server: s, state: off }")),
      FIRST_LINE,
      "steps[0].request.state",
      "what haproxy-server takes here",
    ],
    [
      "an input called like a fact",
      runbookText({ inputs: "[{ name: leader, kind: member, label: { en: x, ru: y } }]" }),
      5,
      "inputs[0].name",
      "no fact and no placeholder",
    ],
    [
      "two inputs of one name",
      runbookText({
        inputs:
          "[{ name: x, kind: member, label: { en: x, ru: y } }, { name: x, kind: text, label: { en: x, ru: y } }]",
      }),
      5,
      "inputs[1].name",
      "no other input",
    ],
  ])("%s", (_name, text, line, key, expected) => {
    const problems = problemsOf(text);
    const told =
      problems.find((one) => one.includes(`${key}: expected`)) ?? `nothing of ${key} in ${problems.join("\n")}`;
    expect(told).toMatch(new RegExp(`^own\\.yaml:${line}: `));
    expect(told).toContain(expected);
  });

  test("the place within a condition is told", () => {
    expect(problemsOf(steps(check("paused and leder == $candidate")))[0]).toContain(
      'found leder at character 12 of "paused and leder == $candidate"',
    );
  });

  test("every mistake is told, in the order of the file", () => {
    const problems = problemsOf(steps(note('text: { en: "{x}", ru: "{x}" }'), check("pausd"), named("a")));
    expect(problems.map((one) => /^own\.yaml:(\d+)/.exec(one)?.[1])).toEqual(["10", "10", "11", "12"]);
  });
});

test.each([
  "{ action: switchover, candidate: $candidate }",
  "{ action: switchover, candidate: $candidate, scheduledAt: $at }",
  "{ action: failover, candidate: null }",
  "{ action: failover, candidate: node2 }",
  "{ action: restart, member: null, onlyPending: true }",
  "{ action: reload, member: $candidate }",
  "{ action: pause }",
  "{ action: resume }",
  "{ action: configuration, patch: { ttl: 30 } }",
  "{ action: haproxy-server, node: null, pool: postgres_master, server: $candidate, state: drain }",
  "{ action: pgbouncer-pause, member: $candidate }",
])("a request that the API would take: %s", (request) => expect(problemsOf(steps(action(request)))).toEqual([]));
