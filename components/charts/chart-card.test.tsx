import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { queryClient } from "@/lib/client/query-client";
import type { LiveWindow } from "@/lib/client/series-window";
import { FakeEventSource, renderLive } from "@/lib/client/testing/render-live";
import type { SeriesAnswer } from "@/lib/contract/series";
import type { Locale } from "@/lib/format/locale";
import { ChartCard } from "./chart-card";
import type { ChartDefinition } from "./chart-definition";
import { CrosshairScope, createCrosshair } from "./crosshair";
import { styleBook } from "./line-style";
import type { PageMarks } from "./plot-view";
import { answerOf, line, times, WINDOW } from "./testing/answers";

vi.stubGlobal("EventSource", FakeEventSource);
vi.stubGlobal(
  "ResizeObserver",
  class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
);
beforeEach(() => queryClient().clear());
afterEach(cleanup);

const LAG: ChartDefinition = {
  id: "replay-lag-bytes",
  metric: "replay-lag-bytes",
  kind: "lines",
  label: ({ subject }) => subject,
  styleOf: ({ subject }, styles) => styles(subject),
};
const NOTHING: PageMarks = { marks: [], gaps: [] };
const live = (key = "1h", later = 0): LiveWindow => ({
  from: WINDOW.from + later,
  to: WINDOW.to + later,
  key,
  live: true,
  paceMs: 2_000,
});

function answering(answer: () => SeriesAnswer | number) {
  const fetched = vi.fn(async (_path: string | URL) => {
    const body = answer();
    return typeof body === "number"
      ? Response.json({ title: "store", detail: "the store is full" }, { status: body })
      : Response.json(body);
  });
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

const atOnce = (run: () => void) => run();

function card(
  window: LiveWindow,
  happened = NOTHING,
  onSelect: (from: number, to: number) => void = () => undefined,
  frames: (run: () => void) => void = atOnce,
) {
  const styles = styleBook(["node1", "node2", "node3"]);
  return (
    <CrosshairScope value={createCrosshair(frames, atOnce)}>
      <ChartCard
        definition={LAG}
        scope="pg1"
        window={window}
        styles={styles}
        happened={happened}
        onSelect={onSelect}
        onZoomOut={() => undefined}
      />
    </CrosshairScope>
  );
}

const show = (window: LiveWindow, happened?: PageMarks, locale?: Locale) => renderLive(card(window, happened), locale);
const replica = () => answerOf("replay-lag-bytes", [line("node2", [...times(20, null), ...times(9, 100), 2048])]);

describe("a chart", () => {
  it("asks for the points that it can draw, and says that it waits until they come", async () => {
    const fetched = answering(replica);
    show(live());
    expect(screen.getByRole("status").textContent).toContain("Loading");
    await screen.findByText("2 kB");
    const asked = new URL(String(fetched.mock.calls[0]?.[0]), "http://x");
    expect(asked.pathname).toBe("/api/v1/clusters/pg1/series");
    expect(Object.fromEntries(asked.searchParams)).toEqual({
      metric: "replay-lag-bytes",
      from: new Date(WINDOW.from).toISOString(),
      to: new Date(WINDOW.to).toISOString(),
      points: "300",
    });
  });

  it("hatches what was not observed, and says so under the crosshair", async () => {
    answering(replica);
    const { container } = show(live());
    await screen.findByText("2 kB");
    expect(container.querySelectorAll("[data-hole]")).toHaveLength(1);
    fireEvent.keyDown(screen.getByRole("slider"), { key: "Home" });
    expect(within(screen.getByRole("region")).getByText("not observed")).toBeTruthy();
  });

  it("draws marks and write gaps", async () => {
    answering(replica);
    const at = WINDOW.to - 10_000;
    const instant = new Date(at).toISOString();
    const text = { key: "charts.mark.leader", params: {} };
    const { container } = show(live(), {
      marks: [{ id: 1, at, instant, group: "leader", severity: "warn", text }],
      gaps: [{ id: instant, startedAt: instant, from: at, to: at + 2_000, lengthMs: 2_000, open: false }],
    });
    await screen.findByText("2 kB");
    expect(container.querySelectorAll('[data-mark="leader"]')).toHaveLength(1);
    expect(container.querySelectorAll("[data-gap]")).toHaveLength(1);
  });

  it.each([
    ["en", "Nothing was recorded"],
    ["ru", "ничего не записано"],
  ] as const)("says that nothing was recorded, and offers no empty file (%s)", async (locale, words) => {
    answering(() => answerOf("replay-lag-bytes", []));
    show(live(), NOTHING, locale);
    expect(await screen.findByText(new RegExp(words))).toBeTruthy();
    for (const button of screen.getAllByRole("button")) expect(button.hasAttribute("disabled")).toBe(true);
  });

  it("says since when the metric is recorded, as the store tells it, and asks for nothing more to say so", async () => {
    const since = WINDOW.to + 30_000;
    const fetched = answering(() => answerOf("replay-lag-bytes", [], since));
    const { container } = show(live());
    await screen.findByText(/Recorded since/);
    expect(container.querySelector("time")?.getAttribute("dateTime")).toBe(new Date(since).toISOString());
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it("keeps what it shows when the store fails, with its age and the reason", async () => {
    let body: SeriesAnswer | number = replica();
    answering(() => body);
    const { unmount } = show(live());
    await screen.findByText("2 kB");
    unmount();
    body = 503;
    renderLive(card(live("1h", 10_000)));
    expect(await screen.findByText("The store does not answer.")).toBeTruthy();
    expect(screen.getByText(/the store is full/)).toBeTruthy();
    expect(screen.getByText("2 kB")).toBeTruthy();
  });

  it("says that the session is over, and shows nothing in its place", async () => {
    answering(() => 401);
    show(live());
    expect(await screen.findByText("The session is over")).toBeTruthy();
    expect(screen.queryByRole("slider")).toBeNull();
  });

  it("shows as a table what it draws", async () => {
    answering(replica);
    show(live());
    await screen.findByText("2 kB");
    fireEvent.click(screen.getByRole("button", { name: "Table" }));
    expect(within(screen.getByRole("table")).getAllByRole("row")).toHaveLength(31);
    expect(screen.queryByRole("slider")).toBeNull();
  });

  it("draws seven members with very long names, each with a look of its own", async () => {
    const names = times(7, "pg-erp-production-moscow-dc1-rack07").map((name, index) => `${name}-0${index}`);
    answering(() =>
      answerOf(
        "replay-lag-bytes",
        names.map((name) => line(name, times(30, 5))),
      ),
    );
    const { container } = show(live());
    await waitFor(() => expect(container.querySelectorAll("[data-line]")).toHaveLength(7));
    const looks = [...container.querySelectorAll("[data-line] path")].map(
      (path) => `${path.getAttribute("stroke")} ${path.getAttribute("stroke-dasharray")}`,
    );
    expect(new Set(looks).size).toBe(7);
  });
});

describe("selecting by keyboard", () => {
  it("goes on from where the last key led, also when keys come faster than frames", async () => {
    answering(replica);
    const onSelect = vi.fn();
    renderLive(card(live(), NOTHING, onSelect, () => undefined));
    const slider = await screen.findByRole("slider");
    fireEvent.keyDown(slider, { key: "Home" });
    for (const key of ["PageUp", "PageUp"]) fireEvent.keyDown(slider, { key, shiftKey: true });
    fireEvent.keyDown(slider, { key: "Enter" });
    expect(onSelect.mock.calls.map((call) => call.map((at: number) => at - WINDOW.from))).toEqual([[0, 12_000]]);
  });

  it("takes the stretch between Shift and Enter, and Escape lets go", async () => {
    answering(replica);
    const onSelect = vi.fn();
    renderLive(card(live(), NOTHING, onSelect));
    const slider = await screen.findByRole("slider");
    for (const key of ["Home", "PageUp"]) fireEvent.keyDown(slider, { key, shiftKey: key === "PageUp" });
    fireEvent.keyDown(slider, { key: "Escape" });
    fireEvent.keyDown(slider, { key: "Enter" });
    expect(onSelect).not.toHaveBeenCalled();
    fireEvent.keyDown(slider, { key: "Home" });
    for (const key of ["PageUp", "PageUp"]) fireEvent.keyDown(slider, { key, shiftKey: true });
    fireEvent.keyDown(slider, { key: "Enter" });
    const [[from, to] = []] = onSelect.mock.calls;
    expect(from).toBeCloseTo(WINDOW.from, -1);
    expect(to).toBeCloseTo(WINDOW.from + 12_000, -1);
  });
});
