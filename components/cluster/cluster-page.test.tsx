import { act, cleanup, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeEventSource, renderLive } from "@/lib/client/testing/render-live";
import type { Snapshot } from "@/lib/domain/snapshot";
import { SAMPLE_NOW, sampleSnapshot } from "@/lib/domain/testing/samples";
import { ClusterPage } from "./cluster-page";

const drawn = vi.hoisted(() => ({ roleMarks: 0, grids: 0, failures: 0 }));
vi.mock("@/components/members/role-mark", async (actual) => {
  const real = await actual<typeof import("@/components/members/role-mark")>();
  return {
    RoleMark: (props: Parameters<typeof real.RoleMark>[0]) => {
      drawn.roleMarks += 1;
      return real.RoleMark(props);
    },
  };
});
vi.mock("@/components/topology/topology-lines", async (actual) => {
  const real = await actual<typeof import("@/components/topology/topology-lines")>();
  return {
    ...real,
    cellStates: (...args: Parameters<typeof real.cellStates>) => {
      drawn.grids += 1;
      return real.cellStates(...args);
    },
  };
});

vi.stubGlobal("EventSource", FakeEventSource);
vi.stubGlobal("fetch", () => new Promise(() => undefined));

const now = new Date(SAMPLE_NOW).toISOString();
let boots = 0;
let boot = "";

/** A page that shows the picture as it came by the stream. */
async function show(snapshot: Snapshot) {
  boots += 1;
  boot = `boot ${boots}`;
  const { container } = renderLive(<ClusterPage scope={snapshot.scope} />);
  // Asynchronously, since the cache hands changes on in a microtask.
  await act(async () => FakeEventSource.last?.emit("snapshot", { type: "snapshot", boot, now, snapshot }));
  Object.assign(drawn, { roleMarks: 0, grids: 0 });
  const main = container.querySelector("main");
  if (!main) throw new Error("no page");
  return { main, row: (name: string) => container.querySelector(`[data-member="${name}"]`) };
}

const patch = (base: Snapshot, version: number, set: Partial<Snapshot>) =>
  FakeEventSource.last?.emit("patch", {
    type: "patch",
    boot,
    now,
    scope: base.scope,
    base: version - 1,
    version,
    set,
  });

/** What React commits at once, before the browser may paint. */
async function urgently(deed: () => void) {
  deed();
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
}

const leaderNow = (base: Snapshot, name: string): Partial<Snapshot> => ({
  leader: { name: name as never, since: null, timeline: 8 },
  members: base.members.map((member) => ({ ...member, role: member.name === name ? "leader" : "replica" })),
});

const acting = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean };
beforeEach(() => vi.useFakeTimers({ toFake: ["Date"], now: SAMPLE_NOW }));
afterEach(() => {
  acting.IS_REACT_ACT_ENVIRONMENT = true;
  cleanup();
  vi.useRealTimers();
});

describe("what a patch draws anew", () => {
  const base = { ...sampleSnapshot("healthy"), version: 1 };

  it("a patch that changes only sources re-renders neither members nor topology", async () => {
    const { main } = await show(base);
    const sources = base.sources.map((source, i) => (i === 0 ? { ...source, failures: 7 } : source));
    await act(async () => patch(base, 2, { at: base.at, sources }));
    expect(main.dataset.version).toBe("2");
    expect(main.querySelector(`[data-source="${sources[0]?.id}"]`)?.textContent).toContain("7");
    expect(drawn).toMatchObject({ roleMarks: 0, grids: 0 });
  });

  it("a patch that repeats what is known draws no row and no cell anew", async () => {
    await show(base);
    await act(async () => patch(base, 2, JSON.parse(JSON.stringify(base))));
    expect(drawn).toMatchObject({ roleMarks: 0, grids: 0 });
  });

  it("one member's figure draws that member's row alone, and no cell of the topology", async () => {
    const { row } = await show(base);
    const members = base.members.map((member) => (member.name === "node2" ? { ...member, connections: 77 } : member));
    await act(async () => patch(base, 2, { members }));
    expect(row("node2")?.textContent).toContain("77");
    expect(drawn.roleMarks).toBe(1);
  });
});

describe("a change of leader", () => {
  const base = { ...sampleSnapshot("healthy"), version: 1 };

  it("is on the page and in the topology with the first commit; the table follows", async () => {
    const { main, row } = await show(base);
    acting.IS_REACT_ACT_ENVIRONMENT = false;
    await urgently(() => patch(base, 2, leaderNow(base, "node2")));
    expect(main.dataset).toMatchObject({ leader: "node2", version: "2" });
    expect(main.querySelector('[data-cell="postgres:node2"]')?.textContent).toContain("Leader");
    expect(row("node2")?.getAttribute("data-role")).not.toBe("leader");
    await waitFor(() => expect(row("node2")?.getAttribute("data-role")).toBe("leader"));
  });

  it("reaches the table also when pictures come faster than it can be drawn", async () => {
    const { row } = await show(base);
    acting.IS_REACT_ACT_ENVIRONMENT = false;
    await urgently(() => patch(base, 2, leaderNow(base, "node2")));
    for (let version = 3; version <= 11; version += 1) await urgently(() => patch(base, version, { paused: null }));
    expect(row("node2")?.getAttribute("data-role")).toBe("leader");
  });

  it("marks everything stale at once when the stream falls silent", async () => {
    const { main } = await show(base);
    acting.IS_REACT_ACT_ENVIRONMENT = false;
    vi.setSystemTime(SAMPLE_NOW + 60_000);
    await urgently(() => document.dispatchEvent(new Event("visibilitychange")));
    expect(main.dataset.stale).toBe("true");
    expect(main.querySelectorAll('[data-trust="fresh"], [data-level="ok"], [data-lit="true"]')).toHaveLength(0);
    expect(main.querySelectorAll('[data-source][data-stale="false"]')).toHaveLength(0);
  });
});
