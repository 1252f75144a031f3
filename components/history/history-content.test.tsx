import { act, cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { queryClient } from "@/lib/client/query-client";
import { emptyRecord, type FakeRecord, recordFetch } from "@/lib/client/testing/fake-record";
import { FakeEventSource, renderLive } from "@/lib/client/testing/render-live";
import { EVENT_KINDS } from "@/lib/domain/events/event";
import type { Instant } from "@/lib/domain/ids";
import type { Locale } from "@/lib/format/locale";
import { HistoryContent } from "./history-content";
import { storedEvent } from "./testing/stored-event";

vi.mock("next/navigation", () => import("@/lib/client/testing/address"));
vi.stubGlobal("EventSource", FakeEventSource);
Element.prototype.scrollIntoView = () => undefined;

let record: FakeRecord;
const problems: unknown[] = [];
beforeEach(() => {
  record = emptyRecord();
  problems.length = 0;
  vi.stubGlobal("fetch", recordFetch(record));
  vi.spyOn(console, "error").mockImplementation((...args) => void problems.push(args));
  window.history.replaceState(null, "", "/clusters/demo/history");
});
afterEach(() => {
  cleanup();
  queryClient().clear();
  vi.restoreAllMocks();
});

const show = (locale: Locale = "en") =>
  renderLive(<HistoryContent scope="demo" members={["node1", "node2"]} />, locale).container;
const at = (minute: number) => `2026-11-21T02:${String(minute).padStart(2, "0")}:00.000Z`;
const rows = (container: HTMLElement) =>
  [...container.querySelectorAll("[data-event]")].map((row) => Number(row.getAttribute("data-event")));

describe("the timeline", () => {
  it.each(["en", "ru"] as const)("has a word for every kind, severity and source, in %s", async (locale) => {
    const severities = ["info", "notice", "warn", "critical"] as const;
    const sources = ["observed", "patroni-history", "client-eye", "dashboard"] as const;
    record.events = EVENT_KINDS.map((kind, i) =>
      storedEvent(50 - i, at(50 - i), {
        kind,
        severity: severities[i % 4] ?? "info",
        source: sources[i % 4] ?? "observed",
        notBefore: i === 3 ? (at(1) as Instant) : null,
      }),
    );
    const container = show(locale);
    await waitFor(() => expect(rows(container)).toHaveLength(EVENT_KINDS.length));
    expect(problems).toEqual([]);
    expect(container.textContent).not.toMatch(/historyPage\./);
  });

  it("shows a gap with its length, where it began", async () => {
    record.events = [storedEvent(1, at(20)), storedEvent(2, at(10))];
    const start = at(15) as Instant;
    const end = "2026-11-21T02:15:02.340Z" as Instant;
    const { scope } = storedEvent(1, at(1));
    record.gaps = [
      { scope, startedAt: start, endedAt: end, attempts: 9, failures: { refused: 9 }, from: "node1", to: "node2" },
    ];
    const container = show();
    await waitFor(() => expect(container.querySelector("[data-gap]")?.textContent).toMatch(/2\.34\s+s/));
    const order = [...container.querySelectorAll("li")].map(({ dataset }) => dataset.event ?? "gap");
    expect(order).toEqual(["1", "gap", "2"]);
  });

  it("opens the evidence: exact time, and a configuration's differences with before and after", async () => {
    const data = {
      differences: [
        { path: "ttl", before: 30, after: 20 },
        { path: "postgresql.parameters.work_mem", before: null, after: "8MB" },
      ],
    };
    record.events = [storedEvent(1, at(20), { kind: "configuration", severity: "notice", data })];
    const container = show();
    await userEvent.click(await screen.findByRole("button", { name: "Evidence" }));
    expect(container.querySelector("[data-differences]")?.textContent).toContain("work_mem");
    expect(screen.getByText("not set")).toBeTruthy();
    expect(screen.getByText(at(20), { selector: "dd" })).toBeTruthy();
  });

  it("leads to the picture just before an event, but not to one from before us", async () => {
    record.events = [storedEvent(2, at(20)), storedEvent(1, at(1), { kind: "history", source: "patroni-history" })];
    const container = show();
    await waitFor(() => expect(rows(container)).toHaveLength(2));
    const links = [...container.querySelectorAll("[data-picture]")].map((link) => link.getAttribute("href"));
    expect(links).toEqual([`/clusters/demo?at=${encodeURIComponent("2026-11-21T02:19:59.999Z")}`]);
  });
});

describe("narrowing", () => {
  it("is in the address and in what is asked for, and is read back from it", async () => {
    window.history.replaceState(null, "", "/clusters/demo/history?group=routing&q=node2");
    record.events = [storedEvent(2, at(20), { kind: "vip" }), storedEvent(1, at(1), { kind: "leader" })];
    const container = show();
    await waitFor(() => expect(rows(container)).toEqual([2]));
    const asked = record.asked.find(({ pathname }) => pathname.endsWith("/events"));
    expect(asked?.searchParams.getAll("kind")).toEqual(["vip", "pool-server"]);
    expect(asked?.searchParams.get("search")).toBe("node2");
    await userEvent.click(screen.getByRole("button", { name: "Critical" }));
    expect(window.location.search).toBe("?group=routing&severity=critical&q=node2");
  });

  it("says that nothing matches, which is another thing than nothing recorded", async () => {
    window.history.replaceState(null, "", "/clusters/demo/history?group=backups");
    record.events = [storedEvent(1, at(1))];
    show();
    expect(await screen.findByText(/Nothing in the record matches/)).toBeTruthy();
    const [clear] = screen.getAllByRole("button", { name: "Clear filters" });
    if (clear) await userEvent.click(clear);
    await waitFor(() => expect(window.location.search).toBe(""));
    expect(await screen.findByText(/node2 became the leader/)).toBeTruthy();
  });
});

describe("how the list grows", () => {
  it("older ones come when asked for", async () => {
    record.events = Array.from({ length: 150 }, (_, i) => storedEvent(150 - i, at(30)));
    const container = show();
    await waitFor(() => expect(rows(container)).toHaveLength(100));
    await userEvent.click(screen.getByRole("button", { name: "Show older" }));
    await waitFor(() => expect(rows(container)).toHaveLength(150));
    expect(screen.queryByRole("button", { name: "Show older" })).toBeNull();
  });

  it("new ones are announced, and move nothing until they are asked for", async () => {
    record.events = [storedEvent(1, at(1))];
    const container = show();
    await waitFor(() => expect(rows(container)).toEqual([1]));
    record.events = [storedEvent(3, at(3)), storedEvent(2, at(2)), storedEvent(1, at(1))];
    await act(() => queryClient().refetchQueries());
    // The list itself is read anew too by that; a poll reads only the newest.
    await waitFor(() => expect(rows(container)[0]).toBe(3));
    record.events = [storedEvent(4, at(4)), ...record.events];
    await act(() => queryClient().refetchQueries({ predicate: ({ queryKey }) => queryKey.includes("newest") }));
    expect(rows(container)[0]).toBe(3);
    await userEvent.click(await screen.findByRole("button", { name: "1 new event" }));
    await waitFor(() => expect(rows(container)[0]).toBe(4));
    expect(screen.queryByRole("button", { name: "1 new event" })).toBeNull();
  });
});

describe("when there is nothing to show", () => {
  it("says so", async () => {
    show();
    expect(await screen.findByText("Nothing has been recorded yet.")).toBeTruthy();
  });

  it("a store that fails is told, with what it said, and can be tried again", async () => {
    record.fails = { status: 503, detail: "disk full" };
    show();
    const alert = await screen.findByRole("alert", {}, { timeout: 10_000 });
    expect(alert.textContent).toContain("disk full");
    expect(screen.queryByText("Nothing has been recorded yet.")).toBeNull();
    record.fails = null;
    record.events = [storedEvent(1, at(1))];
    await userEvent.click(within(alert).getByRole("button"));
    expect(await screen.findByText(/node2 became the leader/)).toBeTruthy();
  }, 15_000);

  it("a session that is over is told as that", async () => {
    record.fails = { status: 401, detail: "" };
    show();
    expect((await screen.findByRole("alert")).textContent).toContain("The session is over");
  });
});
