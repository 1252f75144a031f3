import { describe, expect, test } from "vitest";
import { parseJson } from "./json";

describe("parseJson", () => {
  test.each([
    ["an integer beyond 2^53 keeps every digit", '{"id":7710434487420534885}', { id: "7710434487420534885" }],
    ["a negative one too", "[-9223372036854775808]", ["-9223372036854775808"]],
    ["short integers stay numbers", '{"lag":9007199254740}', { lag: 9_007_199_254_740 }],
    [
      "digits inside strings are left alone",
      '{"a":"x 7710434487420534885 \\" 1234567890123456"}',
      { a: 'x 7710434487420534885 " 1234567890123456' },
    ],
    ["a long fraction stays a number", "[0.12345678901234567]", [Number("0.12345678901234567")]],
    ["a long mantissa stays a number", "[12345678901234567.5]", [Number("12345678901234567.5")]],
    ["a body cut short is undefined", '{"state":"runn', undefined],
    ["HTML is undefined", "<html>", undefined],
    ["nothing is undefined", "", undefined],
  ])("%s", (_, text, value) => {
    expect(parseJson(text)).toEqual(value);
  });
});
