import { cleanup } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeEventSource, renderLive } from "@/lib/client/testing/render-live";
import { instant } from "@/lib/domain/ids";
import type { Snapshot } from "@/lib/domain/snapshot";
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

  it("says what drills have proven, and that it is not known where no record of runs is kept", () => {
    const at = instant(SAMPLE_NOW - 86_400_000);
    const runs = { runs: [], proven: { failover: { at, runId: "r9", gapMs: 8_400 }, restore: null } };
    const proven = (snapshot: Snapshot) => {
      const { container } = renderLive(<ClusterOverview snapshot={snapshot} stale={false} />);
      const rows = [...container.querySelectorAll("[data-proven]")].map((row) => row.textContent);
      cleanup();
      return rows;
    };
    const [failover, restore] = proven({ ...sampleSnapshot(), runs });
    expect(failover).toMatch(/8\.4\s+s without writes/);
    expect(restore).toContain("Never");
    for (const row of proven({ ...sampleSnapshot(), runs: null })) expect(row).toContain("not known");
  });

  it("leads to the wall of this cluster, beside the page", () => {
    renderLive(<ClusterOverview snapshot={sampleSnapshot()} stale={false} />);
    const link = document.querySelector(`a[href="/wall/${sampleSnapshot().scope}"]`);
    expect(link?.getAttribute("target")).toBe("_blank");
    expect(link?.getAttribute("aria-label")).toContain(sampleSnapshot().title);
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
