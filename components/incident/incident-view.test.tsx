import { cleanup, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { storedEvent } from "@/components/history/testing/stored-event";
import { queryClient } from "@/lib/client/query-client";
import { FakeEventSource, renderLive } from "@/lib/client/testing/render-live";
import type { IncidentReport } from "@/lib/contract/incident";
import { clusterScope, type Instant, instant } from "@/lib/domain/ids";
import { MILESTONES } from "@/lib/domain/incident/incident";
import { message } from "@/lib/domain/message";
import type { Locale } from "@/lib/format/locale";
import { IncidentView } from "./incident-view";
import { WindowForm } from "./window-form";

vi.mock("next/navigation", () => import("@/lib/client/testing/address"));
vi.stubGlobal("EventSource", FakeEventSource);

const START = Date.UTC(2026, 10, 21, 2, 13, 0);
const at = (ms: number): Instant => instant(START + ms);
const scope = clusterScope("demo");
const PARAMS = { from: "node1", to: "node2", node: "node3", count: 3 };

/** A failover in which every milestone ends a phase of 100 ms. */
const failover = (): IncidentReport => ({
  incident: {
    scope,
    window: { from: at(-15_000), to: at(60_000) },
    kind: "failover",
    outage: { startedAt: at(0), endedAt: at(800), lengthMs: 800, basis: "client-eye" },
    phases: MILESTONES.map((id, i) => ({
      id,
      from: at(i * 100),
      to: at(i * 100 + 100),
      lengthMs: 100,
      evidence: message(`incident.milestone.${id}`, PARAMS),
    })),
    prelude: [{ id: "asked", at: at(-2_000), text: message("incident.milestone.asked") }],
    aftermath: [{ id: "haproxy-all", at: at(1_500), text: message("incident.milestone.haproxy-all", PARAMS) }],
    before: { leader: "node1", timeline: 6 },
    after: { leader: "node2", timeline: 7 },
    gaps: [
      { scope, startedAt: at(0), endedAt: at(800), attempts: 3, failures: { timeout: 3 }, from: "node1", to: "node2" },
    ],
    sentences: [
      { at: at(100), state: "broken", message: message("domain.verdict.no-leader"), sentence: "a" },
      { at: at(900), state: "ok", message: message("domain.verdict.ok", { writer: "node2" }), sentence: "b" },
    ],
    holes: [{ from: at(20_000), to: at(55_000) }],
  },
  events: [storedEvent(2, at(500)), storedEvent(1, at(100))],
});

const problems: unknown[] = [];
let answer: () => Response;
beforeEach(() => {
  problems.length = 0;
  answer = () => new Response(JSON.stringify(failover()));
  vi.stubGlobal("fetch", async () => answer());
  vi.spyOn(console, "error").mockImplementation((...args) => void problems.push(args));
});
afterEach(() => {
  cleanup();
  queryClient().clear();
  vi.restoreAllMocks();
});

const show = (locale: Locale = "en") =>
  renderLive(<IncidentView scope="demo" from={START - 15_000} to={START + 60_000} />, locale).container;
const ready = (container: HTMLElement) =>
  waitFor(() => expect(container.querySelector("[data-incident]")).not.toBeNull());

describe("the report on an incident", () => {
  it.each(["en", "ru"] as const)("has a text for every phase, and none fails to fill in, in %s", async (locale) => {
    const container = show(locale);
    await ready(container);
    expect(container.querySelectorAll("[data-phase]")).toHaveLength(MILESTONES.length);
    expect(problems).toEqual([]);
    expect(container.textContent).not.toMatch(/\b(incident|incidentPage|historyPage|domain)\.[a-z]/);
  });

  it("says how long, by whose measure, who led before and after, and where nobody looked", async () => {
    const container = show();
    await ready(container);
    expect(screen.getByRole("heading", { name: /No writes for 800/ })).toBeTruthy();
    expect(container.querySelector('[data-basis="client-eye"]')).toBeTruthy();
    expect(container.textContent).toContain("node1 → node2");
    expect(container.textContent).toContain("6 → 7");
    expect(screen.getByRole("region", { name: "Not recorded" })).toBeTruthy();
  });

  it("shows phases that sum up to the outage, each leading to its picture", async () => {
    const container = show();
    await ready(container);
    expect(container.querySelector("[data-sum]")?.getAttribute("data-sum")).toBe("800");
    const links = [...container.querySelectorAll("[data-phase] a")].map((link) => link.getAttribute("href"));
    expect(links[0]).toBe(`/clusters/demo?at=${encodeURIComponent(at(100))}`);
  });

  it("tells what was said, and the events, in the order in which they came", async () => {
    const container = show();
    await ready(container);
    const said = [...container.querySelectorAll("[data-sentence]")].map((row) => row.getAttribute("data-sentence"));
    expect(said).toEqual(["a", "b"]);
    const events = [...container.querySelectorAll("[data-event]")].map((row) => row.getAttribute("data-event"));
    expect(events).toEqual(["1", "2"]);
  });

  it("can be taken along as Markdown in the reader's language, and as JSON", async () => {
    await ready(show("ru"));
    const href = (name: string) => screen.getByRole("link", { name }).getAttribute("href") ?? "";
    expect(href("Markdown")).toMatch(/\/api\/v1\/clusters\/demo\/incident\?from=.+&to=.+&format=markdown&lang=ru$/);
    expect(href("JSON")).not.toContain("format");
    expect(screen.getByRole("link", { name: "JSON" }).hasAttribute("download")).toBe(true);
  });

  it("a quiet window is told as one: no phases, nothing red", async () => {
    const quiet = failover();
    Object.assign(quiet.incident, { kind: "none", outage: null, phases: [], prelude: [], aftermath: [], gaps: [] });
    Object.assign(quiet.incident, { sentences: [], holes: [] });
    answer = () => new Response(JSON.stringify({ ...quiet, events: [] }));
    const container = show();
    await ready(container);
    expect(container.querySelectorAll("[data-phase]")).toHaveLength(0);
    expect(container.querySelectorAll('[data-level="crit"]')).toHaveLength(0);
  });

  it("an outage that is not over does not pretend to be", async () => {
    const open = failover();
    Object.assign(open.incident, { outage: { ...open.incident.outage, endedAt: null } });
    answer = () => new Response(JSON.stringify(open));
    await ready(show());
    expect(screen.getByRole("heading", { name: /not over within the window/ })).toBeTruthy();
  });

  it("a record that cannot be read is told, and is no quiet window", async () => {
    answer = () => new Response(JSON.stringify({ detail: "corrupt" }), { status: 403 });
    show();
    expect((await screen.findByRole("alert")).textContent).toContain("Your role may not see this");
  });
});

describe("choosing a window", () => {
  const form = () => {
    const chosen = vi.fn();
    renderLive(<WindowForm from={START} to={START + 60_000} onChoose={chosen} />);
    return chosen;
  };
  const type = async (text: string) => {
    const end = screen.getByRole("textbox", { name: "To" });
    await userEvent.clear(end);
    await userEvent.type(end, `${text}{Enter}`);
  };
  it("keeps the milliseconds of an end that was not touched", async () => {
    const chosen = form();
    await userEvent.click(screen.getByRole("button", { name: "Show" }));
    expect(chosen).toHaveBeenCalledWith({ from: START, to: START + 60_000 });
  });
  it.each(["2026-11-20T00:00:00Z", "2026-11-22T00:00:00Z", "soon"])("refuses %s", async (text) => {
    const chosen = form();
    await type(text);
    expect(chosen).not.toHaveBeenCalled();
    expect(screen.getByRole<HTMLInputElement>("textbox", { name: "To" }).validity.customError).toBe(true);
  });
});
