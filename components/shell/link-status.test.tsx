import { act, cleanup, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeEventSource, renderLive } from "@/lib/client/testing/render-live";
import { instant } from "@/lib/domain/ids";
import { SAMPLE_NOW } from "@/lib/domain/testing/samples";
import { LinkStatus } from "./link-status";

vi.stubGlobal("EventSource", FakeEventSource);
beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(SAMPLE_NOW);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.stubGlobal("EventSource", FakeEventSource);
});

const beat = () =>
  act(() => FakeEventSource.last?.emit("heartbeat", { type: "heartbeat", boot: "b", now: instant(Date.now()) }));

describe("the state of the connection", () => {
  it("is connecting, then live, and always shows an age", () => {
    renderLive(<LinkStatus />);
    expect(screen.getByText("Connecting")).toBeTruthy();
    beat();
    expect(screen.getByText("Live")).toBeTruthy();
    expect(screen.getByText(/0 s/)).toBeTruthy();
  });

  it("stays live while heartbeats come", () => {
    renderLive(<LinkStatus />);
    for (let i = 0; i < 5; i += 1) {
      beat();
      act(() => void vi.advanceTimersByTime(5_000));
    }
    expect(screen.getByText("Live")).toBeTruthy();
  });

  it("falls silent past ten seconds without a frame, and the age goes on", () => {
    renderLive(<LinkStatus />);
    beat();
    act(() => void vi.advanceTimersByTime(12_000));
    expect(screen.getByText("Silent")).toBeTruthy();
    expect(screen.getByText(/1[12] s/)).toBeTruthy();
  });

  it("says that it is disconnected when the stream breaks", async () => {
    vi.stubGlobal(
      "fetch",
      vi.fn(async () => new Response(null, { status: 503 })),
    );
    renderLive(<LinkStatus />);
    beat();
    await act(async () => {
      FakeEventSource.last?.emit("error");
      await vi.advanceTimersByTimeAsync(100);
    });
    expect(screen.getByText("Disconnected")).toBeTruthy();
  });

  it("counts by the server's clock, whatever the browser's says", () => {
    vi.setSystemTime(SAMPLE_NOW - 3_600_000);
    renderLive(<LinkStatus at={new Date(SAMPLE_NOW - 5_000).toISOString()} />);
    expect(screen.getByText(/5 s/)).toBeTruthy();
  });
});
