import { describe, expect, it } from "vitest";
import { compare } from "./compare";
import { joinPatches, keysOf, leavesOf, patchAt, valueAt } from "./path";
import { type RevertObstacle, revertOf } from "./revert";
import { threeWay } from "./three-way";

describe("a path is taken apart as it was put together", () => {
  const cases: readonly [string, readonly string[]][] = [
    ["ttl", ["ttl"]],
    ["postgresql.use_slots", ["postgresql", "use_slots"]],
    ["postgresql.parameters.max_connections", ["postgresql", "parameters", "max_connections"]],
    [
      "postgresql.parameters.auto_explain.log_min_duration",
      ["postgresql", "parameters", "auto_explain.log_min_duration"],
    ],
  ];
  it.each(cases)("%s", (path, keys) => {
    expect(keysOf(path)).toEqual(keys);
    expect(valueAt(patchAt(path, 7), path)).toBe(7);
    expect(compare({}, patchAt(path, 7))).toEqual([{ path, before: null, after: 7 }]);
  });

  it("and nothing stands where nothing is", () => {
    expect(valueAt({ ttl: 30 }, "postgresql.parameters.x")).toBeNull();
    expect(valueAt({ ttl: 30 }, "ttl.x")).toBeNull();
    expect(valueAt(null, "ttl")).toBeNull();
    expect(valueAt({}, "constructor")).toBeNull();
  });

  it("several patches are one", () => {
    const both = joinPatches([
      patchAt("postgresql.parameters.a.b", 1),
      patchAt("postgresql.parameters.c", null),
      { ttl: 3 },
    ]);
    expect(both).toEqual({ postgresql: { parameters: { "a.b": 1, c: null } }, ttl: 3 });
    expect(leavesOf(both)).toEqual([
      { path: "postgresql.parameters.a.b", value: 1 },
      { path: "postgresql.parameters.c", value: null },
      { path: "ttl", value: 3 },
    ]);
    expect(leavesOf({ slots: {} })).toEqual([{ path: "slots", value: {} }]);
  });
});

describe("a change is put back only where it is still in force", () => {
  const ttl = { path: "ttl", before: 30, after: 20 };
  const added = { path: "postgresql.parameters.work_mem", before: null, after: "8MB" };
  const removed = { path: "postgresql.pg_hba", before: ["host all all all md5"], after: null };
  const put = (work_mem: unknown) => ({ postgresql: { parameters: { work_mem } } });
  type Case = readonly [
    string,
    Parameters<typeof revertOf>,
    unknown,
    readonly Pick<RevertObstacle, "path" | "why">[],
    number,
  ];
  const cases: readonly Case[] = [
    ["a value", [[ttl], { ttl: 20 }], { ttl: 30 }, [], 0],
    ["a key that came goes", [[added], put("8MB")], put(null), [], 0],
    ["a key that went comes back", [[removed], {}], { postgresql: { pg_hba: ["host all all all md5"] } }, [], 0],
    ["one that was changed again stays", [[ttl], { ttl: 25 }], {}, [{ path: "ttl", why: "changed-since" }], 0],
    ["one that was put back already is left alone", [[ttl], { ttl: 30 }], {}, [], 1],
    [
      "and only what can be is",
      [[ttl, added], { ttl: 25, ...put("8MB") }],
      put(null),
      [{ path: "ttl", why: "changed-since" }],
      0,
    ],
    [
      "what was hidden cannot be written back",
      [[{ path: "x", before: "password=[secret]", after: "y" }], { x: "y" }],
      {},
      [{ path: "x", why: "secret" }],
      0,
    ],
    [
      "a pause is ended by resuming",
      [[{ path: "pause", before: null, after: true }], { pause: true }],
      {},
      [{ path: "pause", why: "pause" }],
      0,
    ],
  ];
  it.each(cases)("%s", (_name, input, patch, obstacles, already) => {
    const revert = revertOf(...input);
    expect(revert.patch).toEqual(patch);
    expect(revert.obstacles.map(({ path, why }) => ({ path, why }))).toEqual(obstacles);
    expect(revert.already).toHaveLength(already);
    expect(revert.restores.length + obstacles.length + already).toBe(input[0].length);
  });
});

describe("a draft and what was changed under it", () => {
  const base = { ttl: 30, loop_wait: 10, slots: { a: { type: "physical" } } };
  it.each([
    ["nothing met nothing", { ...base, ttl: 40 }, base, 1, 0, []],
    ["different places", { ...base, ttl: 40 }, { ...base, loop_wait: 5 }, 1, 1, []],
    [
      "the same place, differently",
      { ...base, ttl: 40 },
      { ...base, ttl: 50 },
      1,
      1,
      [{ path: "ttl", mine: 40, theirs: 50 }],
    ],
    ["the same place, to the same", { ...base, ttl: 40 }, { ...base, ttl: 40 }, 1, 1, []],
    [
      "a place inside a section that is no section any more",
      { ...base, slots: { a: { type: "logical" } } },
      { ...base, slots: "none" },
      1,
      1,
      [{ path: "slots.a.type", mine: "logical", theirs: "none" }],
    ],
  ])("%s", (_name, mine, theirs, own, others, conflicts) => {
    const three = threeWay(base, mine, theirs);
    expect(three.mine).toHaveLength(own);
    expect(three.theirs).toHaveLength(others);
    expect(three.conflicts).toEqual(conflicts);
  });
});
