import { describe, expect, test } from "vitest";
import { recordedPictures } from "@/lib/domain/testing/recorded";
import { RECORDINGS } from "./index";

const moments = RECORDINGS.flatMap((one) => one.moments);

describe("what is recorded", () => {
  test("each recording and each moment has a name of its own, which is a file's", () => {
    const names = [RECORDINGS.map(({ name }) => name), moments.map(({ name }) => name)];
    for (const list of names) {
      expect(list.filter((name, i) => list.indexOf(name) !== i)).toEqual([]);
      expect(list.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))).toEqual([]);
    }
  });

  test("nothing is kept that would not be recorded again, and a file holds what it is named by", () => {
    const known = new Map(moments.map(({ name, what }) => [name, what]));
    const strange = recordedPictures().filter(({ name, what }) => known.get(name) !== what);
    expect(strange.map(({ name }) => name)).toEqual([]);
  });
});
