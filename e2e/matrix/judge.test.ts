import { describe, expect, it } from "vitest";
import type { Severity } from "@/lib/domain/findings/finding";
import type { Cast } from "./cast";
import { judge, matcher, type Seen, type Terms } from "./judge";

const CAST: Cast = { leader: "node1", replica: "node2", other: "node3" };
const terms = (wanted: readonly string[], over: Partial<Terms> = {}): Terms => ({
  wanted,
  allowed: [],
  lingering: [],
  cast: CAST,
  ...over,
});
const course = { beganAt: 1_000, repairedAt: 10_000, endedAt: 20_000, before: new Set(["versions-differ"]) };

/** Pictures a second apart; each finding as `id`, `!id` for critical, `id<cause` for folded. */
const seen = (...pictures: readonly (readonly string[])[]): Seen[] =>
  pictures.map((ids, i) => ({
    at: 2_000 + i * 4_000,
    findings: ids.map((text) => {
      const [name = "", under = null] = text.split("<");
      const id = name.replace("!", "");
      const severity: Severity = name.startsWith("!") ? "critical" : "warn";
      return { id, rule: id.split(":")[0] ?? "", severity, under };
    }),
  }));

describe("a row of the matrix", () => {
  it("is good when what was wanted showed and went, and nothing else was said", () => {
    const judged = judge(
      seen(["versions-differ"], ["versions-differ", "lag-bytes:node2"], [], []),
      course,
      terms(["lag-bytes"]),
    );
    expect(judged.good).toBe(true);
    expect(judged.shown).toEqual([{ wanted: "lag-bytes", shownMs: 5_000, clearedMs: 0, times: 1 }]);
  });

  it.each([
    ["never showed", [[], [], [], []]],
    ["showed only once it was repaired", [[], [], [], ["lag-bytes:node2"], []]],
    ["never went", [["lag-bytes:node2"], ["lag-bytes:node2"], ["lag-bytes:node2"], ["lag-bytes:node2"]]],
    ["brought another finding that nobody accounts for", [["lag-bytes:node2", "two-writable"], [], [], []]],
    ["left another finding behind", [["lag-bytes:node2"], [], [], ["lag-bytes:node2"]]],
  ])("is bad when the finding %s", (_, pictures) => {
    expect(judge(seen(...pictures), course, terms(["lag-bytes"])).good).toBe(false);
  });

  it("lets others be that are accounted for, or that follow from what was wanted", () => {
    const pictures = seen(
      ["host-silent:10.0.0.2", "slot-inactive:node2", "source-silent:patroni:node2<host-silent:10.0.0.2"],
      [],
      [],
    );
    const allowed = [{ finding: "slot-inactive", because: "its replica is away" }];
    const judged = judge(pictures, course, terms(["host-silent"], { allowed }));
    expect(judged.good).toBe(true);
    expect(judged.others.map(({ because }) => because)).toEqual([
      "its replica is away",
      "follows from what was wanted",
    ]);
  });

  it("does not let a critical one be because it is folded", () => {
    const judged = judge(seen(["host-silent:h", "!two-writable<host-silent:h"], []), course, terms(["host-silent"]));
    expect(judged.good).toBe(false);
  });

  it("does not wait for what is told for a while after", () => {
    const pictures = seen(["vip-flapping:v"], ["vip-flapping:v"], ["vip-flapping:v"]);
    expect(judge(pictures, course, terms(["vip-flapping"], { lingering: ["vip-flapping"] })).good).toBe(true);
  });

  it("does not count what was there before", () => {
    expect(judge(seen(["versions-differ"], ["lag-bytes"], []), course, terms(["lag-bytes"])).others).toEqual([]);
  });

  it("tells how long a finding that came and went lasted altogether", () => {
    const judged = judge(seen(["a"], [], ["a"], []), course, terms(["a"]));
    expect(judged.shown[0]).toMatchObject({ shownMs: 1_000, clearedMs: 4_000, times: 2 });
  });
});

describe("what is wanted", () => {
  it.each([
    ["lag-bytes", "lag-bytes:node2", true],
    ["lag-bytes", "lag-bytes-growing:node2", false],
    ["source-silent:patroni:*", "source-silent:patroni:node2", true],
    ["source-silent:patroni:{replica}", "source-silent:patroni:node2", true],
    ["source-silent:patroni:{replica}", "source-silent:patroni:node3", false],
    ["backup:*/too-old", "backup:main/too-old", true],
    ["no-leader", "no-leader", true],
  ])("%s and %s: %s", (wanted, id, fits) => {
    expect(matcher(wanted, CAST)(id)).toBe(fits);
  });
});
