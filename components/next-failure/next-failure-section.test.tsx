import { cleanup } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { StaleScope } from "@/components/status/trust";
import { FakeEventSource, renderLive } from "@/lib/client/testing/render-live";
import { foretell } from "@/lib/domain/next-failure/foretell";
import { SAMPLE_KINDS, SAMPLE_NOW, sampleSnapshot } from "@/lib/domain/testing/samples";
import { NextFailureSection } from "./next-failure-section";

vi.stubGlobal("EventSource", FakeEventSource);
const problems: unknown[] = [];
beforeEach(() => {
  problems.length = 0;
  vi.spyOn(console, "error").mockImplementation((...args) => void problems.push(args));
  vi.useFakeTimers({ toFake: ["Date"], now: SAMPLE_NOW });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const rows = (container: Element) => [...container.querySelectorAll("[data-failure]")];

describe("the view of the next failure", () => {
  it.each(SAMPLE_KINDS.flatMap((kind) => [["en", kind] as const, ["ru", kind] as const]))(
    "has words in %s for all that is foretold when the cluster is %s",
    (locale, kind) => {
      const snapshot = sampleSnapshot(kind);
      const { container } = renderLive(<NextFailureSection snapshot={snapshot} />, locale);
      expect(rows(container)).toHaveLength(foretell(snapshot).length);
      expect(problems).toEqual([]);
      expect(container.textContent).not.toMatch(/nextFailure(Page)?\.[a-z]/);
    },
  );

  it("begins with what stops writes, and marks what nobody can tell as another thing", () => {
    const { container } = renderLive(<NextFailureSection snapshot={sampleSnapshot("replica-cut-off")} />);
    const marks = rows(container).map((row) => [
      row.getAttribute("data-writes"),
      row.querySelector("svg")?.getAttribute("data-level"),
    ]);
    const order = ["lost", "unknown", "served"];
    expect(marks.map(([writes]) => writes)).toEqual(
      marks.map(([writes]) => writes).toSorted((a, b) => order.indexOf(a ?? "") - order.indexOf(b ?? "")),
    );
    const told = { lost: "crit", unknown: "blind", served: "ok" } as const;
    for (const [writes, level] of marks) expect(level).toBe(told[writes as keyof typeof told]);
    expect(new Set(marks.map(([writes]) => writes)).size).toBeGreaterThan(1);
  });

  it("promises nothing on a stale page", () => {
    const { container } = renderLive(
      <StaleScope stale>
        <NextFailureSection snapshot={sampleSnapshot("healthy")} />
      </StaleScope>,
    );
    expect(container.querySelectorAll('[data-level="ok"]')).toHaveLength(0);
    expect(container.textContent).toContain("The picture is stale");
  });

  it("names the successor, the loss, the majority and the way of the VIP of a dead leader's host", () => {
    const { container } = renderLive(<NextFailureSection snapshot={sampleSnapshot("healthy")} />);
    const host = container.querySelector('[data-failure="host node1"]');
    const fact = (name: string) => host?.querySelector(`[data-column="${name}"]`)?.textContent;
    expect(fact("leader")).toMatch(/node2.*node3/);
    expect(fact("loss")).toContain("none, as last seen");
    expect(fact("quorum")).toContain("kept, 2 of 3");
    expect(fact("vip")).toContain("goes to one of");
  });
});
