import { describe, expect, test } from "vitest";
import { readCondition } from "./check";
import type { InputKinds } from "./check-value";

const INPUTS: InputKinds = new Map([
  ["candidate", "replica"],
  ["failed", "member"],
  ["target", "moment"],
  ["ticket", "text"],
]);

describe("conditions that are understood", () => {
  test.each([
    "paused",
    "not paused",
    "not not paused",
    "  leader == $candidate  ",
    'leader == "node1"',
    '"node1" == leader',
    "leader == none",
    "none != leader",
    "writer != leader",
    "vipHolder == leader",
    'verdict == "ok" and (paused or handover) and not scheduled',
    'verdict in ("ok", "degraded")',
    'role($failed) not in ("leader", "standby-leader")',
    'every replica (state == "streaming" and lagBytes < 16MB)',
    "leader == $candidate and every replica (streaming and lagBytes < 16 MB)",
    "some member (name == $failed and not reachable)",
    "every member (name in ($failed, leader) or timeline == timeline(leader))",
    "lagBytes($candidate) <= 1.5GB",
    "lagTime($candidate) < 5s",
    "worstLagBytes == 0",
    "leaderFor >= 90s",
    "backupAge < 26h",
    "membersRunning >= 2",
    "2 <= membersRunning",
    "role(leader) == role($failed)",
    "upstream($failed) == leader",
    "streaming(upstream($failed))",
    'not finding("no-leader") or finding("two-writable")',
    'configured("postgresql.parameters.max_connections") == "200"',
    'configured("synchronous_mode") == none',
    "$ticket == postgresVersion(leader)",
    "paused == false",
    'archiving == "ok"\n  and archiveBacklog < 3',
    "maxConnections(leader) > connections(leader)",
  ])("%s", (source) => {
    expect(readCondition(source, INPUTS)).toMatchObject({ kind: "ok", condition: { source: source.trim() } });
  });

  test("and binds closer than or, not closer than and", () => {
    expect(shape("paused or handover and not scheduled")).toBe("(paused or (handover and (not scheduled)))");
    expect(shape("(paused or handover) and scheduled")).toBe("((paused or handover) and scheduled)");
    expect(shape("not paused and handover")).toBe("((not paused) and handover)");
  });

  test("sizes come out in bytes, durations in ms, and a written text takes the type of its other side", () => {
    expect(root("lagBytes($candidate) < 16MB")).toMatchObject({ right: { type: "number", value: 16_777_216 } });
    expect(root("lagTime($candidate) < 1.5s")).toMatchObject({ right: { type: "number", value: 1_500 } });
    expect(root('leader == "node1"')).toMatchObject({ right: { type: "member", value: "node1" } });
    expect(root("leader == none")).toMatchObject({ right: { type: "member", value: null } });
  });
});

describe("mistakes are told with their place and what was expected", () => {
  test.each<[string, number, string, string]>([
    ["", 0, "a fact or a value", "the end of the condition"],
    ["   ", 3, "a fact or a value", "the end of the condition"],
    ["paused and", 10, "a fact or a value", "the end of the condition"],
    ["paused handover", 7, "and, or, or the end of the condition", "handover"],
    ["(paused", 7, ")", "the end of the condition"],
    ["paused)", 6, "and, or, or the end of the condition", ")"],
    ["leader = $candidate", 7, "==", "="],
    ["paused && handover", 7, "and", "&"],
    ["paused || handover", 7, "or", "|"],
    ["!paused", 0, "not, or !=", "!"],
    ["verdict == 'ok'", 11, 'a text in double quotes: "…"', "'"],
    ['verdict == "ok', 11, 'a closing "', "the end of the text"],
    ["leader == $", 10, "the name of an input after $", "$"],
    ["leader == €", 10, "a fact, a value, not, every, some or (", "€"],
    ["1 < membersRunning < 3", 19, "and between two comparisons", "<"],
    ["every slave (streaming)", 6, "member or replica", "slave"],
    ["every replica streaming", 14, "(", "streaming"],
    ["leder == $candidate", 0, "did you mean leader?", "leder"],
    ["lagByte($candidate) < 1MB", 0, "did you mean lagBytes?", "lagByte"],
    ["nonsense", 0, "a known fact", "nonsense"],
    ["leader == $candidat", 10, "an input: $candidate, $failed, $target, $ticket", "$candidat"],
    ["leader", 0, 'a comparison of leader, such as leader == "…"', "leader alone"],
    ["worstLagBytes", 0, "worstLagBytes < 16MB", "alone"],
    ["verdict and paused", 0, 'verdict == "ok"', "alone"],
    ["true", 0, "a fact that is true or false", "true alone"],
    ["lagBytes < 16MB", 0, "a member, as in lagBytes(leader)", "lagBytes alone"],
    ["paused(leader)", 7, "paused without an argument", "one"],
    ["streaming(paused)", 10, "a member in streaming(…)", "paused"],
    ["streaming($target)", 10, "a member in streaming(…)", "$target"],
    ["streaming(none)", 10, "a member in streaming(…)", "none"],
    ["finding", 0, 'finding("no-leader")', "finding alone"],
    ['finding("no-leadr")', 8, "did you mean no-leader?", "no-leadr"],
    ["finding(leader)", 8, "a rule of findings", "another value"],
    ['verdict == "okay"', 11, "one of ok, degraded, broken, split (did you mean ok?)", '"okay"'],
    ['verdict in ("ok", "degrated")', 18, "did you mean degraded?", '"degrated"'],
    ["verdict == leader", 11, "one of ok, degraded, broken, split", "leader"],
    ["verdict == none", 11, "a value: verdict is never none", "none"],
    ["$candidate == none", 14, "a value: $candidate is never none", "none"],
    ["worstLagBytes < 16", 16, "a size such as 16MB", "16"],
    ["worstLagBytes < 5m", 16, "a size such as 16MB", "5m"],
    ["backupAge < 26", 12, "a duration such as 5m", "26"],
    ["membersRunning >= 2s", 18, "a number without a unit", "2s"],
    ["worstLagBytes < worstLagTime", 16, "a size such as 16MB", "worstLagTime"],
    ["worstLagBytes < 16Mb", 18, "a unit: kB, MB, GB, TB, ms, s, m, h, d", "Mb"],
    ["leader < $candidate", 0, "a number, a size or a duration beside <", "leader"],
    ["paused == leader", 10, "true or false", "leader"],
    ["leader == paused", 10, "a member", "paused"],
    ["leader == 3", 10, "a member", "3"],
    ["leader == verdict", 10, "a member", "verdict"],
    ['"a" == "b"', 0, "a fact or an input on one side", "two fixed values"],
    ['"a" in ("b")', 0, "a fact or an input before in", '"a"'],
    ["every member (some replica (streaming))", 14, "no every or some within another", "some"],
    [`${"(".repeat(30)}paused${")".repeat(30)}`, 21, "at most 20 levels of brackets", "("],
    ["paused and ".repeat(300), 0, "at most 2000 characters", "3300"],
  ])("%s", (source, at, expected, found) => {
    const read = readCondition(source, INPUTS);
    const [problem] = read.kind === "error" ? read.problems : [];
    expect(problem?.expected ?? "accepted").toContain(expected);
    expect(problem?.found).toContain(found);
    expect(problem?.at).toBe(at);
  });

  test("several wrong names are all told", () => {
    const read = readCondition("leder == $candidate and pausd", INPUTS);
    expect(read.kind === "error" ? read.problems.map(({ at }) => at) : []).toEqual([0, 24]);
  });

  test("a runbook that asks for nothing has no inputs to name", () => {
    const read = readCondition("leader == $candidate", new Map());
    expect(read).toMatchObject({ problems: [{ expected: "no input: the runbook asks for none" }] });
  });
});

function root(source: string): unknown {
  const read = readCondition(source, INPUTS);
  if (read.kind === "error") throw new Error(read.problems[0]?.expected);
  return read.condition.root;
}

type Node = { op: string; parts?: Node[]; part?: Node; value?: { name: string } };

/** With every bracket that the grammar implies. */
const shape = (source: string): string => drawn(root(source) as Node);
const drawn = ({ op, parts, part, value }: Node): string =>
  parts ? `(${parts.map(drawn).join(` ${op} `)})` : part ? `(not ${drawn(part)})` : (value?.name ?? "?");
