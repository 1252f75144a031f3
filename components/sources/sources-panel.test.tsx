import { act, cleanup, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { StaleScope } from "@/components/status/trust";
import { FakeEventSource, renderLive } from "@/lib/client/testing/render-live";
import { SAMPLE_NOW, sampleSnapshot } from "@/lib/domain/testing/samples";
import { isSourceStale, SourcesPanel } from "./sources-panel";

vi.stubGlobal("EventSource", FakeEventSource);
beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(SAMPLE_NOW);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const stale = (container: HTMLElement) => container.querySelectorAll('[data-stale="true"]').length;

describe("the sources panel", () => {
  it("lists every source with its age", () => {
    const { sources } = sampleSnapshot("healthy");
    const { container } = renderLive(<SourcesPanel sources={sources} onSource={() => undefined} />);
    expect(container.querySelectorAll("[data-source]")).toHaveLength(sources.length);
    expect(container.querySelectorAll("time")).toHaveLength(sources.length);
    expect(stale(container)).toBe(0);
  });

  it("marks a source stale by its own clock when nothing new comes", () => {
    const { sources } = sampleSnapshot("healthy");
    const { container } = renderLive(<SourcesPanel sources={sources} onSource={() => undefined} />);
    act(() => void vi.advanceTimersByTime(8_000));
    const patroni = container.querySelector('[data-source="patroni:node1"]');
    expect(patroni?.getAttribute("data-stale")).toBe("true");
    act(() => void vi.advanceTimersByTime(60_000));
    expect(stale(container)).toBe(sources.length);
    expect(container.querySelector('[data-level="ok"]')).toBeNull();
  });

  it("marks all when the page is stale", () => {
    const { sources } = sampleSnapshot("healthy");
    const { container } = renderLive(
      <StaleScope stale>
        <SourcesPanel sources={sources} onSource={() => undefined} />
      </StaleScope>,
    );
    expect(stale(container)).toBe(sources.length);
  });

  it("names the failure of each and puts the failing ones first", () => {
    const { sources } = sampleSnapshot("replica-cut-off");
    const { container } = renderLive(<SourcesPanel sources={sources} onSource={() => undefined} />);
    expect(screen.getAllByText("Unreachable from here.").length).toBeGreaterThan(0);
    const first = container.querySelector("[data-source]")?.getAttribute("data-source");
    expect(sources.find(({ id }) => id === first)?.error).not.toBeNull();
  });

  it("takes a source that never answered for stale, not for well", () => {
    const [source] = sampleSnapshot("healthy").sources;
    if (!source) throw new Error("the sample has no source");
    expect(isSourceStale({ ...source, lastOkAt: null, stale: false }, SAMPLE_NOW)).toBe(true);
  });
});
