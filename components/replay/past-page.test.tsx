import { act, cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ClusterPage } from "@/components/cluster/cluster-page";
import { queryClient } from "@/lib/client/query-client";
import { emptyRecord, type FakeRecord, recordFetch } from "@/lib/client/testing/fake-record";
import { FakeEventSource, renderLive } from "@/lib/client/testing/render-live";
import type { Snapshot } from "@/lib/domain/snapshot";
import { SAMPLE_NOW, type SampleKind, sampleSnapshot } from "@/lib/domain/testing/samples";
import type { Locale } from "@/lib/format/locale";

vi.mock("next/navigation", () => import("@/lib/client/testing/address"));
vi.stubGlobal("EventSource", FakeEventSource);

/** An hour before the present of these tests. */
const THEN = SAMPLE_NOW - 3_600_000;
const iso = (ms: number) => new Date(ms).toISOString();
const picture = (kind: SampleKind, at: number): Snapshot => sampleSnapshot(kind, { now: at, version: at - THEN + 1 });

/** A switchover: `node1` leads, a key changes hands, `node2` leads. Each a change; then a hole, and another run. */
const STEPS: readonly (readonly [number, SampleKind])[] = [
  [THEN, "healthy"],
  [THEN + 5_000, "handover"],
  [THEN + 5_200, "promoting"],
  [THEN + 9_000, "no-leader"],
];
const RUN_END = THEN + 20_000;

let record: FakeRecord;
const problems: unknown[] = [];
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: SAMPLE_NOW });
  record = emptyRecord();
  record.frames = STEPS.map(([at], i) => ({ at, boot: "a", version: at - THEN + 1, urgent: i > 0 }));
  record.pictureAt = (at) => {
    if (at > RUN_END) return null;
    const step = STEPS.findLast(([from]) => from <= at);
    return step ? picture(step[1], step[0]) : null;
  };
  problems.length = 0;
  vi.stubGlobal("fetch", recordFetch(record));
  vi.spyOn(console, "error").mockImplementation((...args) => void problems.push(args));
});
afterEach(() => {
  cleanup();
  queryClient().clear();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function show(at: number | string, locale: Locale = "en") {
  const text = typeof at === "number" ? iso(at) : at;
  window.history.replaceState(null, "", `/clusters/demo?at=${encodeURIComponent(text)}`);
  const { container } = renderLive(<ClusterPage scope="demo" />, locale);
  const main = () => container.querySelector("main");
  return { container, main, shows: (code: string) => waitFor(() => expect(main()?.dataset.code).toBe(code)) };
}

describe("a past picture", () => {
  it.each(["en", "ru"] as const)(
    "is drawn with the live page's parts, and every text exists, in %s",
    async (locale) => {
      const { container, shows } = show(THEN + 100, locale);
      await shows("ok");
      expect(container.querySelector("[data-past-title]")).toBeTruthy();
      expect(container.querySelectorAll("[data-member]").length).toBeGreaterThan(0);
      expect(problems).toEqual([]);
      expect(container.textContent).not.toMatch(/\b(replay|historyPage|history)\.[a-z]/);
    },
  );

  it("counts every age to its own moment and not to now, and they stand still", async () => {
    const { container, shows } = show(THEN + 4_000);
    await shows("ok");
    const ages = () => [...container.querySelectorAll("main time")].map((time) => time.textContent);
    const before = ages();
    expect(before.join(" ")).not.toMatch(/\b\d+\s?h\b/);
    vi.setSystemTime(SAMPLE_NOW + 120_000);
    await act(async () => void document.dispatchEvent(new Event("visibilitychange")));
    expect(ages()).toEqual(before);
  });

  it("asks nobody for the raw answers of today", async () => {
    const { container, shows } = show(THEN + 100);
    HTMLDialogElement.prototype.showModal = function open() {
      this.open = true;
    };
    HTMLDialogElement.prototype.close = () => undefined;
    await shows("ok");
    const witness = container.querySelector<HTMLElement>("[data-witness] button");
    if (witness) await userEvent.click(witness);
    expect(await screen.findByText(/Raw answers are not kept/)).toBeTruthy();
    expect(record.asked.filter(({ pathname }) => pathname.includes("/sources/"))).toEqual([]);
  });

  it("says what burns right now, and nothing while all is well", async () => {
    const { shows } = show(THEN);
    await shows("ok");
    const now = iso(SAMPLE_NOW);
    const live = (kind: SampleKind, version: number) =>
      act(async () =>
        FakeEventSource.last?.emit("snapshot", {
          type: "snapshot",
          boot: "x",
          now,
          snapshot: { ...sampleSnapshot(kind), version },
        }),
      );
    await live("healthy", 1);
    expect(screen.queryByText("Right now:")).toBeNull();
    await live("split", 2);
    expect(screen.getByText("Right now:")).toBeTruthy();
  });

  it("a hole is said to be one, and no older picture stands in for it", async () => {
    const { container, main } = show(THEN + 60_000);
    expect(await screen.findByText("Nothing was recorded here")).toBeTruthy();
    expect(main()?.dataset.code).toBeUndefined();
    expect(container.querySelectorAll("[data-member]")).toHaveLength(0);
  });

  it("a moment that cannot be read is said to be none", () => {
    show("tomorrow-ish");
    expect(screen.getByText("This is no moment")).toBeTruthy();
    expect(record.asked).toEqual([]);
  });

  it("a record that fails is another thing than a hole", async () => {
    record.fails = { status: 503, detail: "the store is full" };
    show(THEN);
    expect(await screen.findByText("the store is full", {}, { timeout: 10_000 })).toBeTruthy();
    expect(screen.queryByText("Nothing was recorded here")).toBeNull();
  }, 15_000);
});

describe("moving through the record", () => {
  it("steps from change to change, both ways, and the address follows", async () => {
    const { shows } = show(THEN + 100);
    await shows("ok");
    for (const code of ["handover", "promoting", "no-leader"]) {
      await userEvent.click(screen.getByRole("button", { name: "To the next change" }));
      await shows(code);
    }
    await waitFor(() => expect(window.location.search).toContain(encodeURIComponent(iso(THEN + 9_000))));
    await userEvent.click(screen.getByRole("button", { name: "To the next change" }));
    expect(await screen.findByText("Nothing changed after this")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "To the previous change" }));
    await shows("promoting");
  });

  it("plays through every sentence in order, however fast", async () => {
    const { main, shows } = show(THEN + 100);
    await shows("ok");
    const said: string[] = [];
    const watch = new MutationObserver(() => {
      const code = main()?.dataset.code;
      if (code && said.at(-1) !== code) said.push(code);
    });
    watch.observe(document, { subtree: true, childList: true, attributes: true });
    await userEvent.click(screen.getByRole("radio", { name: "60×" }));
    await userEvent.click(screen.getByRole("button", { name: "Play" }));
    await waitFor(() => expect(said).toEqual(["ok", "handover", "promoting", "no-leader"]), { timeout: 5_000 });
    // The end of the run: the replay stops at the hole instead of carrying the last picture on.
    expect(await screen.findByText("Nothing was recorded here", {}, { timeout: 5_000 })).toBeTruthy();
    await waitFor(() => expect(screen.getByRole("button", { name: "Play" })).toBeTruthy());
    watch.disconnect();
  }, 15_000);

  it("obeys the keyboard, but not while somebody types", async () => {
    const { main, shows } = show(THEN + 4_500);
    await shows("ok");
    const at = () => Date.parse(main()?.dataset.past ?? "") - THEN;
    fireEvent.keyDown(document.body, { key: "ArrowRight" });
    expect(at()).toBe(5_500);
    await shows("promoting");
    fireEvent.keyDown(document.body, { key: "ArrowLeft", shiftKey: true });
    expect(at()).toBe(-4_500);
    fireEvent.keyDown(screen.getByLabelText("Moment"), { key: "ArrowRight" });
    expect(at()).toBe(-4_500);
    fireEvent.keyDown(document.body, { key: " " });
    expect(screen.queryByRole("button", { name: "Pause" })).toBeTruthy();
  });

  it("follows a link to another moment of the same page", async () => {
    const { shows } = show(THEN);
    await shows("ok");
    act(() => window.history.replaceState(null, "", `/clusters/demo?at=${encodeURIComponent(iso(THEN + 5_300))}`));
    await shows("promoting");
  });

  it("never goes into the future", async () => {
    const { main } = show(SAMPLE_NOW + 3_600_000);
    await waitFor(() => expect(Date.parse(main()?.dataset.past ?? "")).toBeLessThanOrEqual(SAMPLE_NOW));
  });
});
