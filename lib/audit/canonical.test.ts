import { describe, expect, test } from "vitest";
import { canonicalJson } from "./canonical";

describe("the one spelling of a JSON value", () => {
  test.each([
    ["keys in whatever order", { b: 1, a: { d: 2, c: 3 } }, '{"a":{"c":3,"d":2},"b":1}'],
    ["lists keep theirs", [3, 1, { b: 1, a: 2 }], '[3,1,{"a":2,"b":1}]'],
    [
      "keys are ordered by code unit, not by language",
      { é: 1, z: 2, Z: 3, "10": 4, "9": 5 },
      '{"10":4,"9":5,"Z":3,"z":2,"é":1}',
    ],
    ["what JSON cannot say is left out", { a: undefined, b: () => 1, c: [undefined] }, '{"c":[null]}'],
    ["numbers as JSON has them", [-0, 1e21, 0.1, Number.NaN], "[0,1e+21,0.1,null]"],
    ["texts are escaped", 'a"\n\u0000\ud83d', '"a\\"\\n\\u0000\\ud83d"'],
    ["null", null, "null"],
    ["nothing at all", undefined, "null"],
    ["a key that means something elsewhere", JSON.parse('{"__proto__":{"a":1}}'), '{"__proto__":{"a":1}}'],
    ["dates", new Date(0), '"1970-01-01T00:00:00.000Z"'],
  ])("%s", (_name, value, expected) => {
    expect(canonicalJson(value)).toBe(expected);
  });

  test("survives the way through a database as JSON text", () => {
    const value = { z: [1.5, "я", { y: null, x: true }], a: "\u2028" };
    expect(canonicalJson(JSON.parse(JSON.stringify(value)))).toBe(canonicalJson(value));
  });

  test.each([
    ["a bigint", { a: 1n }],
    ["a circle", circle()],
  ])("throws for %s", (_name, value) => {
    expect(() => canonicalJson(value)).toThrow();
  });
});

function circle(): unknown {
  const value: Record<string, unknown> = {};
  value.self = value;
  return value;
}
