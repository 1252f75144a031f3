import { describe, expect, it } from "vitest";
import { seeded } from "../testing/random";
import { applyPatch, patchBetween } from "./merge-patch";

/** The examples of RFC 7396, appendix A. */
describe("a merge patch", () => {
  it.each([
    [{ a: "b" }, { a: "c" }, { a: "c" }],
    [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
    [{ a: "b" }, { a: null }, {}],
    [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
    [{ a: ["b"] }, { a: "c" }, { a: "c" }],
    [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
    [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
    [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
    [
      ["a", "b"],
      ["c", "d"],
      ["c", "d"],
    ],
    [{ a: "b" }, ["c"], ["c"]],
    [{ a: "foo" }, null, null],
    [{ a: "foo" }, "bar", "bar"],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: "b", c: null }, { a: "b" }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])("%j and %j make %j", (value, patch, result) => {
    expect(applyPatch(value, patch)).toEqual(result);
  });

  it("changes neither of the two, and no object's nature", () => {
    const value = Object.freeze({ a: Object.freeze({ b: 1 }) });
    expect(applyPatch(value, JSON.parse('{"a":{"c":2},"__proto__":{"x":1}}'))).toEqual({ a: { b: 1, c: 2 } });
    expect(({} as { x?: number }).x).toBeUndefined();
  });
});

describe("the patch between two values", () => {
  it.each([
    ["nothing changed", { a: 1, b: { c: [1] } }, { b: { c: [1] }, a: 1 }, {}],
    ["a key that goes", { a: 1, b: 2 }, { b: 2 }, { a: null }],
    ["a key that comes", { a: 1 }, { a: 1, b: { c: 2 } }, { b: { c: 2 } }],
    ["a list changes as a whole", { a: [1, 2] }, { a: [2, 1] }, { a: [2, 1] }],
    ["deep inside", { a: { b: { c: 1, d: 2 } } }, { a: { b: { c: 1 } } }, { a: { b: { d: null } } }],
    ["a section that is emptied stays", { a: { b: 1 } }, { a: {} }, { a: { b: null } }],
    ["a scalar that becomes a section", { a: 1 }, { a: { b: 2 } }, { a: { b: 2 } }],
    ["null is not there", { a: null }, {}, {}],
  ])("%s", (_, before, after, patch) => {
    expect(patchBetween(before, after)).toEqual(patch);
  });

  it("makes the one of the other, whatever they are", () => {
    const random = seeded(11);
    const any = (depth: number): unknown => {
      if (depth === 0 || random() < 0.4) return Math.floor(random() * 3);
      const keys = ["a", "b", "c"].filter(() => random() < 0.6);
      return Object.fromEntries(keys.map((key) => [key, any(depth - 1)]));
    };
    for (let i = 0; i < 2_000; i++) {
      const [before, after] = [{ x: any(3) }, { x: any(3) }];
      expect(applyPatch(before, patchBetween(before, after))).toEqual(after);
    }
  });
});
