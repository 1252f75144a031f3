import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  dialogsInJsdom,
  fakeServer,
  json,
  plainText,
  renderDesk,
  serverFetch,
  settle,
} from "@/components/actions/testing/desk";
import { RunsStrip } from "@/components/runs/runs-strip";
import { fakeRuns, libraryAnswer, listed, shipped } from "@/components/runs/testing/fake-runs";
import { FakeEventSource } from "@/lib/client/testing/render-live";
import type { RunsAnswer } from "@/lib/contract/runs";
import { instant } from "@/lib/domain/ids";
import type { RunBoard } from "@/lib/domain/runbooks/run";
import type { Snapshot } from "@/lib/domain/snapshot";
import { SAMPLE_NOW, sampleSnapshot } from "@/lib/domain/testing/samples";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";
import { groupOf, RUNBOOK_GROUPS } from "./groups";
import { RunbookContent } from "./runbook-content";
import { RunbooksContent } from "./runbooks-content";

vi.mock("next/navigation", () => import("@/lib/client/testing/address"));
vi.stubGlobal("EventSource", FakeEventSource);

const problems: unknown[] = [];
beforeEach(() => {
  problems.length = 0;
  dialogsInJsdom();
  window.history.replaceState(null, "", "/");
  vi.spyOn(console, "error").mockImplementation((...args) => void problems.push(args));
  vi.useFakeTimers({ toFake: ["Date"], now: SAMPLE_NOW });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
  expect(problems).toEqual([]);
});

const NO_RUNS: RunBoard = { runs: [], proven: { failover: null, restore: null } };
const picture = (over: Partial<Snapshot> = {}): Snapshot => ({ ...sampleSnapshot(), runs: NO_RUNS, ...over });

function serving(runs: RunsAnswer["runs"] = [], broken: Parameters<typeof libraryAnswer>[0] = []) {
  const server = fakeServer({
    answer: (url, body) => {
      if (url.startsWith("/api/v1/runbooks")) return json(libraryAnswer(broken));
      if (url.includes("/runs") && body === null) return json({ scope: sampleSnapshot().scope, runs, next: null });
      const begun = fakeRuns("planned-switchover", { candidate: "node2" });
      return begun.answer(`/api/v1/runs/${begun.run.id}`, null);
    },
  });
  vi.stubGlobal("fetch", serverFetch(server));
  return server;
}

async function show(
  node: (snapshot: Snapshot) => React.ReactNode,
  snapshot: Snapshot,
  options: Parameters<typeof renderDesk>[1] = {},
) {
  await renderDesk(snapshot, { ...options, children: node(snapshot) });
  await settle();
}
const list = (snapshot: Snapshot) => <RunbooksContent snapshot={snapshot} />;
const one = (id: string) => (snapshot: Snapshot) => <RunbookContent snapshot={snapshot} id={id} />;
const beginButton = (name: string | RegExp = "Begin the run") => screen.getByRole("button", { name });

describe("the list of runbooks", () => {
  it("has every shipped runbook in one situation, all of which have a name", async () => {
    serving();
    await show(list, picture());
    const shown = [...document.querySelectorAll("[data-group]:not([data-group=offered]) [data-runbook]")];
    expect(shown.map((row) => row.getAttribute("data-runbook")).sort()).toEqual(
      libraryAnswer()
        .runbooks.map(({ runbook }) => runbook.id)
        .sort(),
    );
    for (const catalogue of [en, ru]) {
      expect(Object.keys(catalogue.runbooks.group).sort()).toEqual([...RUNBOOK_GROUPS].sort());
    }
    expect(groupOf({ id: "our-own", kind: "procedure" })).toBe("own");
    expect(groupOf({ id: "drill-failover", kind: "drill" })).toBe("drills");
  });

  it("offers first what the findings of the cluster ask for, and says which they are", async () => {
    serving();
    const ill = { ...sampleSnapshot("no-leader"), runs: NO_RUNS };
    await show(list, ill);
    const offered = document.querySelector("[data-group=offered]");
    expect(offered?.querySelectorAll("[data-runbook]").length).toBeGreaterThan(0);
    expect(offered?.querySelectorAll("[data-runbook] a").length).toBeGreaterThan(
      offered?.querySelectorAll("[data-runbook]").length ?? 0,
    );
  });

  it("says that nothing asks for one where nothing does", async () => {
    serving();
    await show(list, picture({ findings: [] }));
    expect(screen.getByText("No finding asks for a runbook.")).toBeTruthy();
  });

  it("says of what was never proven that it never was, and of the rest when, and with which gap", async () => {
    serving();
    const proven = { failover: { at: instant(SAMPLE_NOW - 86_400_000), runId: "r9", gapMs: 8_400 }, restore: null };
    await show(list, picture({ runs: { runs: [], proven } }));
    expect(plainText(document.querySelector("[data-proven=failover]"))).toContain("8.4 s without writes");
    expect(plainText(document.querySelector("[data-proven=restore]"))).toContain("Never");
  });

  it("lists runs of the past with who carried them and what they proved", async () => {
    const done = fakeRuns("drill-failover", { leader: "node1" });
    serving([listed({ ...done.run, state: "done", endedAt: instant(SAMPLE_NOW) }, done.runbook, "failover")]);
    await show(list, picture());
    const row = document.querySelector(`[data-run="${done.run.id}"]`);
    expect(row?.getAttribute("data-state")).toBe("done");
    expect(plainText(row)).toContain("8.4 s without writes");
    expect(plainText(row)).toContain("Failover proven");
  });

  it("tells that files are broken, and an admin what is wrong with them", async () => {
    serving([], [{ file: "mine.yaml", builtIn: false, problems: ["mine.yaml:3: steps[0].kind: …"] }]);
    await show(list, picture());
    expect(screen.getByText(/1? ?A runbook file is broken/)).toBeTruthy();
    expect(screen.queryByText(/steps\[0\]/)).toBeNull();
    cleanup();
    await show(list, picture(), { role: "admin" });
    expect(screen.getByText(/steps\[0\]/)).toBeTruthy();
  });
});

describe("one runbook", () => {
  it("is read whole and filled for this cluster; what waits for an input is no unknown", async () => {
    serving();
    await show(one("planned-switchover"), picture());
    expect(document.querySelectorAll("li[data-step]")).toHaveLength(shipped("planned-switchover").steps.length);
    expect(document.querySelectorAll("[data-open-input=candidate]").length).toBeGreaterThan(0);
    expect(plainText(document.querySelector("[data-step=switch]"))).toContain("to ‹candidate›");
    expect(plainText(document.querySelector("[data-step=switch]"))).not.toContain("$");
    fireEvent.change(screen.getByLabelText("Member that shall lead"), { target: { value: "node3" } });
    expect(document.querySelector("[data-open-input]")).toBeNull();
    expect(plainText(document.querySelector("[data-step=candidate-ready]"))).toContain("node3 may lead");
  });

  it("asks for what is missing, and then begins with it", async () => {
    const server = serving();
    await show(one("planned-switchover"), picture());
    fireEvent.click(beginButton());
    expect(beginButton().getAttribute("aria-disabled")).toBe("true");
    expect(server.posted).toEqual([]);
    fireEvent.change(screen.getByLabelText("Member that shall lead"), { target: { value: "node2" } });
    fireEvent.click(beginButton());
    await settle();
    expect(server.posted).toEqual([
      {
        url: `/api/v1/clusters/${sampleSnapshot().scope}/runs`,
        body: { runbookId: "planned-switchover", inputs: { candidate: "node2" }, reason: null },
      },
    ]);
  });

  it("is opened with the member that it is about", async () => {
    serving();
    window.history.replaceState(null, "", "/?about=node3");
    await show(one("replica-lagging"), picture());
    expect(document.querySelector<HTMLSelectElement>("[data-input] select")?.value).toBe("node3");
  });

  it("wants a reason where a precondition is not true, and sends it", async () => {
    const server = serving();
    await show(one("planned-switchover"), picture({ paused: true }));
    fireEvent.change(screen.getByLabelText("Member that shall lead"), { target: { value: "node2" } });
    expect(beginButton().getAttribute("aria-disabled")).toBe("true");
    fireEvent.change(screen.getByLabelText("Why begin although not everything above is true"), {
      target: { value: "work on node1" },
    });
    fireEvent.click(beginButton());
    await settle();
    expect(server.posted[0]?.body).toMatchObject({ reason: "work on node1" });
  });

  it.each([
    ["viewer", null, /Needs the role Operator/],
    ["operator", "production", /needs an administrator/],
  ] as const)("of a drill is refused to the %s where environment is %s", async (role, environment, why) => {
    serving();
    await show(one("drill-failover"), picture({ environment }), { role });
    expect(beginButton("Begin the drill").getAttribute("aria-disabled")).toBe("true");
    expect(screen.getAllByText(why).length).toBeGreaterThan(0);
  });

  it("of a drill begins on production for an admin, with a reason only, and sends it", async () => {
    const server = serving();
    await show(one("drill-failover"), picture({ environment: "production" }), { role: "admin" });
    fireEvent.click(beginButton("Begin the drill"));
    await settle();
    expect(server.posted).toEqual([]);
    fireEvent.change(screen.getByLabelText("Why drill on a production cluster"), {
      target: { value: "quarterly, agreed with the owners" },
    });
    fireEvent.click(beginButton("Begin the drill"));
    await settle();
    expect(server.posted[0]?.body).toEqual({
      runbookId: "drill-failover",
      inputs: { victim: "node1" },
      reason: "quarterly, agreed with the owners",
    });
  });

  it("of which a run is open leads to it, and begins no second one", async () => {
    serving();
    const open = fakeRuns("planned-switchover", { candidate: "node2" });
    await show(one("planned-switchover"), picture({ runs: open.board() }));
    expect(beginButton().getAttribute("aria-disabled")).toBe("true");
    expect(screen.getByRole("link", { name: "Open" }).getAttribute("href")).toContain(`/runs/${open.run.id}`);
  });

  it("that there is not is said so", async () => {
    serving();
    await show(one("nothing-of-the-kind"), picture());
    expect(screen.getByRole("alert").textContent).toBe("There is no such runbook.");
  });
});

describe("the strip of open runs", () => {
  it("names each with its state, its step and who carries it", async () => {
    serving();
    const open = fakeRuns("planned-switchover", { candidate: "node2" });
    open.does({ kind: "pause", reason: null });
    await show((snapshot) => <RunsStrip snapshot={snapshot} />, picture({ runs: open.board() }));
    const row = document.querySelector("[data-run-strip]");
    expect(plainText(row)).toContain("Planned switchover");
    expect(plainText(row)).toContain("Paused");
    expect(plainText(row)).toContain(`step 1 of ${open.runbook.steps.length}`);
    expect(plainText(row)).toContain("carried by ivanova");
  });
});
