import { cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { StaleScope } from "@/components/status/trust";
import { queryClient } from "@/lib/client/query-client";
import { FakeEventSource, renderLive } from "@/lib/client/testing/render-live";
import type { Instant } from "@/lib/domain/ids";
import type { Session } from "@/lib/domain/inspect/activity";
import { SAMPLE_NOW, sampleSnapshot } from "@/lib/domain/testing/samples";
import type { Locale } from "@/lib/format/locale";
import { PostgresBody } from "./postgres-body";

vi.stubGlobal("EventSource", FakeEventSource);

const AT = new Date(SAMPLE_NOW).toISOString();
/** What the server answers to each address; a number is a problem's status. */
let answers: (url: string) => unknown;
let asked: string[];

beforeEach(() => {
  asked = [];
  vi.useFakeTimers({ now: SAMPLE_NOW, toFake: ["Date"] });
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url);
    const body = answers(url);
    return typeof body === "number"
      ? new Response(JSON.stringify({ title: "no", detail: "There is no such member." }), { status: body })
      : new Response(JSON.stringify(body), { status: 200 });
  });
});
afterEach(() => {
  cleanup();
  queryClient().clear();
  vi.useRealTimers();
});

const session = (pid: number, more: Partial<Session> = {}): Session => ({
  pid,
  database: "shop",
  user: "app",
  application: `app-${pid}`,
  client: null,
  kind: "client backend",
  state: "active",
  waitType: null,
  waitEvent: null,
  connectedSeconds: 10,
  backendStart: "2026-11-21T02:59:50.000001Z" as Instant,
  transactionSeconds: 5,
  querySeconds: 5,
  stateSeconds: 5,
  hasXid: true,
  xminAge: 1,
  queryId: "42",
  query: `UPDATE t SET v = ${pid}`,
  queryCut: false,
  blockedBy: [],
  waitsFor: null,
  own: false,
  ...more,
});

function activity(sessions: readonly Session[], more: Record<string, unknown> = {}) {
  return {
    topic: "activity",
    intervalMs: 2_000,
    queries: "shown",
    last: { at: AT, tookMs: 3, failure: null },
    good: {
      at: AT,
      tookMs: 3,
      value: {
        maxConnections: 100,
        clients: sessions.length,
        states: [{ state: "active", count: sessions.length }],
        applications: [],
        users: [],
        databases: [],
        waits: [],
        sessionsTotal: sessions.length,
        sessions,
        prepared: [],
      },
    },
    ...more,
  };
}

function show(query: Record<string, string> = {}, options: { locale?: Locale; stale?: boolean; name?: string } = {}) {
  const { members, scope } = sampleSnapshot((options.name ?? "healthy") as "healthy");
  return renderLive(
    <StaleScope stale={options.stale === true}>
      <PostgresBody scope={scope} members={members} query={{ get: (name) => query[name] ?? null }} />
    </StaleScope>,
    options.locale,
  );
}

const region = (name: string) => within(screen.getByRole("region", { name }));

describe("the PostgreSQL page", () => {
  it("draws the chain of three as a tree, each below the one that holds it up", async () => {
    answers = () =>
      activity([
        session(1, { state: "idle-in-transaction" }),
        session(2, { blockedBy: [1] }),
        session(3, { blockedBy: [2] }),
      ]);
    const { container } = show();
    await screen.findByText("holds up 2 sessions");
    const line = (pid: number) => container.querySelector(`[data-blocking-pid="${pid}"]`);
    expect(line(1)?.closest("details")?.contains(line(2))).toBe(true);
    expect(line(2)?.closest("details")?.contains(line(3))).toBe(true);
    expect(line(2)?.closest("details")?.contains(line(1))).toBe(false);
  });

  it("names a deadlock that is not broken yet, and a prepared transaction that holds others up", async () => {
    answers = () =>
      activity([session(1, { blockedBy: [2] }), session(2, { blockedBy: [1] }), session(9, { blockedBy: [0] })]);
    show();
    expect(await screen.findByText(/a deadlock that PostgreSQL has not broken yet/)).toBeTruthy();
    expect(region("Blocked and blocking").getByText("Prepared transaction")).toBeTruthy();
  });

  it.each(["en", "ru"] as const)("says quietly that nobody is blocked (%s)", async (locale) => {
    answers = () => activity([session(1)]);
    show({}, { locale });
    expect(await screen.findByText(locale === "en" ? "Nobody is blocked." : "Никто не заблокирован.")).toBeTruthy();
  });

  it("says why there is no text of a query, and keeps its id", async () => {
    answers = () => activity([session(1, { query: null })], { queries: "hidden" });
    show();
    expect((await screen.findAllByText(/text hidden from viewers/)).length).toBeGreaterThan(0);
    expect(screen.getAllByText(/id 42/).length).toBeGreaterThan(0);
  });

  it("says how many of all are shown", async () => {
    const all = Array.from({ length: 200 }, (_, index) => session(index + 1));
    const answer = activity(all);
    answer.good.value.sessionsTotal = 1_234;
    answers = () => answer;
    show();
    expect(await screen.findByText("first 200 of 1,234")).toBeTruthy();
  });

  it("sorts by a column and back, and says so to a screen reader", async () => {
    answers = () => activity([session(3), session(1), session(2)]);
    show();
    await screen.findByText("Nobody is blocked.");
    const table = region("All sessions");
    const order = () => table.getAllByRole("rowheader").map((cell) => cell.textContent);
    expect(order()).toEqual(["3", "1", "2"]);
    await userEvent.click(table.getByRole("button", { name: "pid" }));
    expect(order()).toEqual(["3", "2", "1"]);
    expect(table.getByRole("columnheader", { name: "pid" }).getAttribute("aria-sort")).toBe("descending");
    await userEvent.click(table.getByRole("button", { name: "pid" }));
    expect(order()).toEqual(["1", "2", "3"]);
  });

  it("offers the leader first among seven long names, and asks the one that the address names", async () => {
    answers = () => activity([]);
    const { members, leader } = sampleSnapshot("seven-long-names");
    const asks = members.at(-1)?.name ?? "";
    show({ member: asks }, { name: "seven-long-names" });
    await screen.findByText("Nobody is blocked.");
    const links = within(screen.getByRole("navigation", { name: "Member" })).getAllByRole("link");
    expect(links).toHaveLength(7);
    expect(links[0]?.title).toBe(leader?.name);
    expect(links.filter((link) => link.getAttribute("aria-current") === "true").map((link) => link.title)).toEqual([
      asks,
    ]);
    expect(asked.every((url) => url.includes(encodeURIComponent(asks)))).toBe(true);
  });
});

describe("an answer that may not be relied on", () => {
  const states = (container: HTMLElement) =>
    new Set(
      [...container.querySelectorAll("[data-inspect-state]")].map((one) => one.getAttribute("data-inspect-state")),
    );

  it("is marked when the last attempt failed: the kind, the grant, and the old figures as stale", async () => {
    const failure = { kind: "insufficient-privilege", text: "GRANT pg_monitor TO matriarch" };
    answers = () => activity([session(1)], { last: { at: AT, tookMs: 1, failure } });
    const { container } = show();
    expect((await screen.findAllByText(/GRANT pg_monitor TO matriarch/)).length).toBeGreaterThan(0);
    expect(states(container)).toEqual(new Set(["stale"]));
  });

  it("is marked on a page that hears nothing", async () => {
    answers = () => activity([session(1)]);
    const { container } = show({}, { stale: true });
    await screen.findByText("Nobody is blocked.");
    expect(states(container)).toEqual(new Set(["stale"]));
  });

  it("is not there for a member that is none: the problem stands in its place, and no 'nobody is blocked'", async () => {
    answers = () => 404;
    const { container } = show({ member: "nobody" });
    expect((await screen.findAllByText(/There is no such member/)).length).toBeGreaterThan(0);
    expect(states(container)).toEqual(new Set(["failed"]));
    expect(screen.queryByText("Nobody is blocked.")).toBeNull();
  });
});
