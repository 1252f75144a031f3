import { describe, expect, it } from "vitest";
import { EMPTY, eventFilter, isEmpty, readFilter, type TimelineFilter, writeFilter } from "./filter";
import { GROUP_OF_KIND, GROUPS } from "./kinds";

const NOW = Date.UTC(2026, 10, 21, 3, 0, 0);
const read = (text: string) => readFilter(new URLSearchParams(text));

describe("a filter in the address", () => {
  it.each<[string, TimelineFilter]>([
    ["nothing", EMPTY],
    ["groups and severities", { ...EMPTY, groups: ["writes", "dcs"], severities: ["critical", "warn"] }],
    ["a subject with odd letters", { ...EMPTY, subject: "узел & 1=2, «a»" }],
    ["words", { ...EMPTY, search: "max_connections 200" }],
    ["a range that ends now", { ...EMPTY, last: "24h" }],
    ["a range of moments", { ...EMPTY, from: NOW - 60_000, to: NOW }],
    ["an open range", { ...EMPTY, from: NOW }],
  ])("comes back as it went: %s", (_what, filter) => {
    expect(read(writeFilter(filter))).toEqual(filter);
  });

  it.each(["group=all", "severity=grave", "last=2y", "from=yesterday", "q=", "subject=", "color=red"])(
    "what it does not understand does not narrow: %s",
    (text) => expect(isEmpty(read(text))).toBe(true),
  );

  it("asks for every kind of a chosen group, and of no other", () => {
    const { kinds } = eventFilter({ ...EMPTY, groups: ["routing"] }, NOW);
    expect(kinds).toEqual(["vip", "pool-server"]);
    expect(new Set(Object.values(GROUP_OF_KIND))).toEqual(new Set(GROUPS));
  });

  it("leaves a range that ends now open for what is yet to come", () => {
    expect(eventFilter({ ...EMPTY, last: "1h" }, NOW)).toMatchObject({ from: NOW - 3_600_000, to: null });
  });
});
