import { cleanup } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeEventSource, renderLive } from "@/lib/client/testing/render-live";
import { SAMPLE_KINDS, SAMPLE_NOW, sampleSnapshot } from "@/lib/domain/testing/samples";
import { ClusterOverview } from "./cluster-overview";

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

describe("the overview of a cluster", () => {
  it.each(SAMPLE_KINDS.flatMap((kind) => [["en", kind] as const, ["ru", kind] as const]))(
    "reads in %s when it is %s: no text is missing and none fails to fill in",
    (locale, kind) => {
      const { container } = renderLive(<ClusterOverview snapshot={sampleSnapshot(kind)} stale={false} />, locale);
      expect(problems).toEqual([]);
      expect(container.textContent).not.toMatch(/\b(domain|format|members|vip|haproxy|verdict|sources)\.[a-z]/);
    },
  );

  it.each(SAMPLE_KINDS)("shows nothing of %s as well once the page is stale", (kind) => {
    const { container } = renderLive(<ClusterOverview snapshot={sampleSnapshot(kind)} stale />);
    expect(container.querySelectorAll('[data-level="ok"]')).toHaveLength(0);
    expect(container.querySelectorAll('[data-lit="true"]')).toHaveLength(0);
    expect(container.querySelectorAll('[data-line="lit"]')).toHaveLength(0);
    expect(container.querySelectorAll('[data-trust="fresh"]')).toHaveLength(0);
  });

  it("draws the way of a write lit when it ends at the writer, and as a fault where it leads elsewhere", () => {
    const healthy = renderLive(<ClusterOverview snapshot={sampleSnapshot("healthy")} stale={false} />).container;
    expect(healthy.querySelector('[data-cell="postgres:node1"]')?.getAttribute("data-lit")).toBe("true");
    expect(healthy.querySelectorAll('[data-line="wrong"]')).toHaveLength(0);
    cleanup();
    const wrong = renderLive(<ClusterOverview snapshot={sampleSnapshot("misrouted")} stale={false} />).container;
    expect(wrong.querySelectorAll('[data-line="wrong"]').length).toBeGreaterThan(0);
    expect(wrong.querySelectorAll('[data-line="lit"]')).toHaveLength(0);
  });
});
