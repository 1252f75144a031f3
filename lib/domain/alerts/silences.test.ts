import { describe, expect, test } from "vitest";
import { clusterScope, instant } from "../ids";
import { ALERTS_AT as AT } from "../testing/alert-pictures";
import { isInForce, matches, silencedBy } from "./silences";
import type { Silence } from "./types";

const HOUR = 3_600_000;
const NOBODY = { rule: null, subject: null, severity: null };
const silence = (over: Partial<Silence> = {}): Silence => ({
  id: "s1",
  kind: "silence",
  scope: clusterScope("demo"),
  match: NOBODY,
  owner: "anna",
  reason: "known",
  from: instant(AT),
  until: instant(AT + HOUR),
  ended: null,
  ...over,
});
const ALERT = { scope: "demo", rule: "replica-lag", subject: "node1", severity: "warn" } as const;

test.each([
  ["before it begins", AT - 1, {}, false],
  ["as it begins", AT, {}, true],
  ["just before its end", AT + HOUR - 1, {}, true],
  ["at its end", AT + HOUR, {}, false],
  ["after it was ended early", AT + 1_000, { ended: { at: instant(AT + 500), by: "boris" } }, false],
])("a silence is in force, or is not: %s", (_name, now, over, expected) => {
  expect(isInForce(silence(over), now)).toBe(expected);
});

describe("a silence keeps quiet what it is about, and nothing else", () => {
  test.each([
    ["its cluster", {}, true],
    ["every cluster", { scope: null }, true],
    ["another cluster", { scope: clusterScope("other") }, false],
    ["the rule", { match: { ...NOBODY, rule: "replica-lag" } }, true],
    ["another rule", { match: { ...NOBODY, rule: "replica" } }, false],
    ["the subject", { match: { ...NOBODY, subject: "node1" } }, true],
    ["another subject", { match: { ...NOBODY, subject: "node2" } }, false],
    ["the rule and another subject", { match: { ...NOBODY, rule: "replica-lag", subject: "node2" } }, false],
    ["this severity and lesser ones", { match: { ...NOBODY, severity: "warn" } }, true],
    ["worse severities and lesser ones", { match: { ...NOBODY, severity: "critical" } }, true],
    ["lesser severities alone", { match: { ...NOBODY, severity: "info" } }, false],
  ] satisfies [string, Partial<Silence>, boolean][])("%s", (_name, over, expected) => {
    expect(matches(silence(over), ALERT)).toBe(expected);
  });
});

test("of several the one that lasts longest keeps it quiet", () => {
  const longer = silence({ id: "s2", until: instant(AT + 2 * HOUR) });
  expect(silencedBy(ALERT, [silence(), longer, silence({ id: "s3" })], AT)?.id).toBe("s2");
  expect(silencedBy(ALERT, [silence({ ended: { at: instant(AT), by: "x" } })], AT)).toBeNull();
});
