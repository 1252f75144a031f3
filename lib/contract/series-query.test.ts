import { describe, expect, test } from "vitest";
import { parseMoment } from "./moment";
import { parseSeriesQuery } from "./series-query";

const NOW = Date.UTC(2026, 10, 21, 3, 0, 0);
const parse = (query: string) => parseSeriesQuery(new URLSearchParams(query), NOW);

describe("what is asked of a series", () => {
  test("a metric alone is the last hour of all its lines", () => {
    expect(parse("metric=replay-lag-bytes")).toEqual({
      kind: "ok",
      query: { metric: "replay-lag-bytes", subjects: null, from: NOW - 3_600_000, to: NOW, points: 300 },
    });
  });

  test("members repeat, moments come in both forms", () => {
    const asked = parse(
      "metric=connections&member=node1&member=node2&from=2026-11-21T02:00:00Z&to=1795230000000&points=2",
    );
    expect(asked).toEqual({
      kind: "ok",
      query: {
        metric: "connections",
        subjects: ["node1", "node2"],
        from: Date.UTC(2026, 10, 21, 2),
        to: 1_795_230_000_000,
        points: 2,
      },
    });
  });

  test.each([
    ["", "metric is missing"],
    ["metric=lag", '"lag"'],
    ["metric=__proto__", '"__proto__"'],
    ["metric=connections&to=yesterday", "to:"],
    ["metric=connections&from=2026-11-21T02:00:00", "from:"],
    ["metric=connections&from=2026-11-21T03:00:00Z&to=2026-11-21T03:00:00Z", "from must be before to"],
    ["metric=connections&points=1", "points:"],
    ["metric=connections&points=2001", "points:"],
    ["metric=connections&points=1e2", "points:"],
    [`metric=connections&${"member=x&".repeat(101)}`, "member:"],
  ])("%s is refused with what was expected", (query, words) => {
    const parsed = parse(query);
    expect(parsed.kind).toBe("wrong");
    expect(parsed.kind === "wrong" && parsed.detail).toContain(words);
  });
});

test.each([
  ["2026-11-21T03:00:00Z", NOW],
  ["2026-11-21T03:00:00.000Z", NOW],
  ["2026-11-21T06:00:00+03:00", NOW],
  ["2026-11-21T06:00:00 03:00", NOW],
  ["2026-11-21T03:00Z", NOW],
  [String(NOW), NOW],
  ["2026-11-21", null],
  ["2026-13-41T03:00:00Z", null],
  ["", null],
  ["-5", null],
  [null, null],
])("the moment %j is %j", (text, at) => {
  expect(parseMoment(text)).toBe(at);
});
