import { describe, expect, it } from "vitest";
import { findingTrees } from "@/lib/domain/findings/tree";
import { findingOf } from "@/lib/domain/testing/findings";
import { matches, readFilter, writeFilter } from "./filter";

const read = (text: string) => readFilter(new URLSearchParams(text));

describe("the filter of findings", () => {
  it.each(["", "view=next-failure", "severity=critical%2Cwarn&group=dcs", "finding=lag%3Anode2"])(
    "survives the address: %s",
    (address) => {
      expect(writeFilter(read(address))).toBe(address);
    },
  );

  it("is not narrowed by what nobody knows", () => {
    expect(writeFilter(read("severity=grave&group=moon&view=sideways"))).toBe("");
  });

  it("shows a finding whole for what follows from it", () => {
    const [tree] = findingTrees([
      findingOf("host-silent:node1", { severity: "warn", group: "operations" }),
      findingOf("pool-empty:node1", { severity: "critical", group: "routing", under: "host-silent:node1" }),
    ]);
    if (!tree) throw new Error("the finding stands by itself");
    expect(matches(tree, read("severity=critical"))).toBe(true);
    expect(matches(tree, read("group=operations"))).toBe(true);
    expect(matches(tree, read("severity=info"))).toBe(false);
    expect(matches(tree, read("severity=critical&group=operations"))).toBe(false);
  });
});
