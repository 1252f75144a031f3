import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ActionDialogContext } from "@/components/actions/action-context";
import type { ActionDraft } from "@/components/actions/draft";
import {
  dialogsInJsdom,
  fakeServer,
  json,
  plainText,
  renderDesk,
  serverFetch,
  settle,
} from "@/components/actions/testing/desk";
import { FakeEventSource } from "@/lib/client/testing/render-live";
import { memberName } from "@/lib/domain/ids";
import { RUN_STATES } from "@/lib/domain/runbooks/run";
import type { Snapshot } from "@/lib/domain/snapshot";
import { SAMPLE_NOW, sampleSnapshot } from "@/lib/domain/testing/samples";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";
import { RunContent } from "./run-content";
import { RunMark } from "./run-mark";
import { StepMark } from "./step-mark";
import { STEP_WORDS } from "./step-word";
import { type FakeRuns, fakeRuns, RUN_ID } from "./testing/fake-runs";

vi.mock("next/navigation", () => import("@/lib/client/testing/address"));
vi.stubGlobal("EventSource", FakeEventSource);

const problems: unknown[] = [];
beforeEach(() => {
  problems.length = 0;
  dialogsInJsdom();
  vi.spyOn(console, "error").mockImplementation((...args) => void problems.push(args));
  vi.useFakeTimers({ toFake: ["Date"], now: SAMPLE_NOW });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
  expect(problems).toEqual([]);
});

const switchover = (seen?: Snapshot) => fakeRuns("planned-switchover", { candidate: "node2" }, seen);
/** Somebody's picture of the cluster, on which nothing streams to the candidate. */
function candidateGone(version: number): Snapshot {
  const cut = sampleSnapshot("replica-cut-off", { version });
  return { ...cut, leader: sampleSnapshot().leader };
}

async function show(runs: FakeRuns, options: Parameters<typeof renderDesk>[1] & { picture?: Snapshot } = {}) {
  const picture = options.picture ?? sampleSnapshot();
  const server = fakeServer({ answer: (url, body) => runs.answer(url, body) });
  vi.stubGlobal("fetch", serverFetch(server));
  const children = options.children ?? <RunContent snapshot={picture} id={RUN_ID} />;
  await renderDesk(picture, { ...options, children });
  await settle();
  return server;
}

const stateOf = (id: string) => document.querySelector(`[data-step="${id}"]`)?.getAttribute("data-step-state");
const press = async (name: string | RegExp) => {
  fireEvent.click(screen.getByRole("button", { name }));
  await settle();
};

describe("words and shapes", () => {
  it.each([en, ru])("are all different, for every state of a step and of a run", (catalogue) => {
    expect(Object.keys(catalogue.runs.step).sort()).toEqual([...STEP_WORDS].sort());
    expect(Object.keys(catalogue.runbooks.state).sort()).toEqual([...RUN_STATES].sort());
    expect(new Set(Object.values(catalogue.runs.step)).size).toBe(STEP_WORDS.length);
    expect(new Set(Object.values(catalogue.runbooks.state)).size).toBe(RUN_STATES.length);
    expect(new Set(Object.values(catalogue.runbooks.truth)).size).toBe(3);
  });

  it("are drawn in shapes of which no two are alike", async () => {
    const marks = (
      <>
        {STEP_WORDS.map((word) => (
          <StepMark key={word} word={word} />
        ))}
        {RUN_STATES.map((state) => (
          <RunMark key={state} state={state} />
        ))}
      </>
    );
    await show(switchover(), { children: marks });
    const shapes = [...document.querySelectorAll("svg[data-step-mark], svg[data-run-mark]")].map(
      (one) => one.innerHTML,
    );
    expect(new Set(shapes).size).toBe(STEP_WORDS.length + RUN_STATES.length);
  });
});

describe("a run", () => {
  it("shows the present step large, with what it says filled for this cluster, and who carries it", async () => {
    const runs = switchover();
    await show(runs);
    expect(screen.getByRole("heading", { name: "Before you begin" })).toBeTruthy();
    expect(document.querySelector("[data-run]")?.getAttribute("data-carrier")).toBe("ivanova");
    expect(stateOf("announce")).toBe("current");
    expect(stateOf("candidate-ready")).toBe("open");
    expect(plainText(document.querySelector('[data-step="candidate-ready"]'))).toContain("node2 may lead");
    expect(document.querySelector("[data-unfilled]")).toBeNull();
  });

  it("goes on when its carrier ticks, at the version that they saw, and checks tick themselves", async () => {
    const runs = switchover();
    const server = await show(runs);
    const { version } = runs.run;
    await press("Read, next step");
    expect(server.posted).toEqual([
      {
        url: `/api/v1/runs/${RUN_ID}/commands`,
        body: { version, command: { kind: "tick", stepId: "announce", note: null } },
      },
    ]);
    expect(stateOf("announce")).toBe("ticked");
    expect(stateOf("writer-agreed")).toBe("ticked");
    expect(document.querySelector("[data-current]")?.getAttribute("data-current")).toBe(runs.at());
  });

  it("un-ticks a check with the picture in which it stops being true, before the run has written that down", async () => {
    const runs = switchover();
    runs.does({ kind: "tick", stepId: "announce", note: null });
    const gone = candidateGone(2);
    const untrue = runs.runbook.steps.filter((step) => step.kind === "check").map(({ id }) => id);
    await show(runs, { picture: { ...gone, version: 1 } });
    const words = untrue.map(stateOf);
    expect(words).toContain("untrue");
    expect(runs.run.state).toBe("running");
  });

  it("shows a viewer everything, and lets them change nothing", async () => {
    const runs = switchover();
    await show(runs, { role: "viewer", name: "vera" });
    const works = screen
      .getAllByRole("button")
      .filter(
        (one) => one.getAttribute("aria-disabled") !== "true" && !one.getAttribute("aria-label")?.startsWith("Copy"),
      );
    expect(works).toEqual([]);
    expect(screen.getByText(/You read along/)).toBeTruthy();
    expect(screen.getByRole("link", { name: /Record/ }).getAttribute("href")).toBe(
      `/api/v1/runs/${RUN_ID}/export?lang=en`,
    );
    for (const button of screen.getAllByRole("button")) fireEvent.click(button);
    await settle();
    expect(runs.commands).toEqual([]);
  });

  it("is taken over by another operator, who then ticks; before that they are told who carries it", async () => {
    const runs = switchover();
    runs.does({ kind: "hand-over", to: "petrov" });
    runs.signIn("petrov");
    await show(runs, { name: "petrov" });
    expect(plainText(document.querySelector("[data-handed-to]"))).toContain("petrov is asked to take over");
    expect(screen.getByRole("button", { name: "Read, next step" }).getAttribute("aria-disabled")).toBe("true");
    expect(screen.getAllByText("ivanova carries this run; take it over first").length).toBeGreaterThan(0);
    await press("Take over");
    expect(runs.run.carrier).toBe("petrov");
    expect(document.querySelector("[data-run]")?.getAttribute("data-carrier")).toBe("petrov");
    await press("Read, next step");
    expect(runs.commands.map(({ kind }) => kind)).toEqual(["take-over", "tick"]);
    expect(stateOf("announce")).toBe("ticked");
  });

  it("is handed over, paused, gone on with and abandoned with words", async () => {
    const runs = switchover();
    await show(runs);
    await press("Hand over…");
    fireEvent.change(screen.getByLabelText(/To whom/), { target: { value: " petrov " } });
    await press("Hand over");
    await press("Pause…");
    await press("Pause");
    expect(runs.run.state).toBe("paused");
    expect(screen.getByRole("button", { name: "Read, next step" }).getAttribute("aria-disabled")).toBe("true");
    await press("Go on");
    await press("Abandon…");
    await press("Abandon the run");
    expect(runs.run.state).toBe("running");
    fireEvent.change(screen.getByLabelText("Reason"), { target: { value: "wrong night" } });
    await press("Abandon the run");
    expect(runs.run.state).toBe("abandoned");
    expect(runs.commands).toEqual([
      { kind: "hand-over", to: "petrov" },
      { kind: "pause", reason: null },
      { kind: "resume" },
      { kind: "abandon", reason: "wrong night" },
    ]);
    expect(document.querySelector("[data-current]")).toBeNull();
    expect(stateOf("announce")).toBe("given-up");
    expect(plainText(document.querySelector("header dl"))).toMatch(/Abandoned by ivanova:\s*wrong night/);
  });

  it("opens the guarded action with everything filled in, and is told the operation that was begun from it", async () => {
    const runs = switchover();
    runs.does({ kind: "tick", stepId: "announce", note: null });
    while (runs.at() !== null && runs.runbook.steps.find(({ id }) => id === runs.at())?.kind !== "action") {
      const at = runs.at() ?? "";
      if (runs.does({ kind: "tick", stepId: at, note: null })) runs.does({ kind: "skip", stepId: at, reason: "test" });
    }
    const step = runs.at() ?? "";
    const opened: { draft: ActionDraft; onBegun: ((id: string) => void) | undefined }[] = [];
    const handle = {
      open: (_scope: string, draft: ActionDraft, onBegun?: (id: string) => void) =>
        void opened.push({ draft, onBegun }),
      follow: () => undefined,
    };
    const picture: Snapshot = { ...sampleSnapshot(), actions: { operations: [], pause: null } };
    const page = (
      <ActionDialogContext value={handle}>
        <RunContent snapshot={picture} id={RUN_ID} />
      </ActionDialogContext>
    );
    await show(runs, { picture, children: page });
    await press(/^Switchover/);
    expect(opened[0]?.draft).toEqual({ action: "switchover", candidate: "node2", scheduledAt: null });
    opened[0]?.onBegun?.("op-1");
    await settle();
    expect(runs.commands[0]).toEqual({ kind: "operation", stepId: step, operationId: "op-1" });
  });

  it("stops everything at a contradiction, says which, and goes on only with a reason", async () => {
    const runs = switchover();
    runs.does({ kind: "tick", stepId: "announce", note: null });
    const moved = sampleSnapshot("promoting");
    runs.sees(moved);
    runs.sees(moved, 6_000);
    expect(runs.run.state).toBe("stopped");
    await show(runs, { picture: moved });
    const banner = document.querySelector<HTMLElement>("[data-contradiction]");
    expect(banner).not.toBeNull();
    expect(screen.getByRole("heading", { name: "This run has stopped" })).toBeTruthy();
    expect(plainText(banner)).not.toMatch(/writer-agreed|candidate-ready/);
    expect(screen.getAllByRole("button", { name: "Abandon…" })).toHaveLength(1);
    const deeds = document.querySelector<HTMLElement>("[data-current]");
    for (const button of within(deeds ?? document.body).queryAllByRole("button")) {
      if (button.getAttribute("aria-label")?.startsWith("Copy")) continue;
      expect(button.getAttribute("aria-disabled")).toBe("true");
    }
    await press("Go on in spite of it…");
    await press("Go on");
    expect(runs.commands).toEqual([]);
    fireEvent.change(screen.getByLabelText("Reason"), { target: { value: "we asked for it" } });
    await press("Go on");
    expect(runs.commands).toEqual([{ kind: "overrule", reason: "we asked for it" }]);
  });

  it("says beside the leader that it met who leads now, which may be somebody else again", async () => {
    const runs = switchover();
    const healthy = sampleSnapshot();
    const other = healthy.leader && { ...healthy.leader, name: memberName("node3") };
    runs.sees({ ...healthy, leader: other });
    expect(runs.run.contradiction?.kind).toBe("other-leader");
    await show(runs, { picture: healthy });
    const banner = plainText(document.querySelector("[data-contradiction]"));
    expect(banner).toContain("node3 leads, and node1 should");
    expect(banner).toContain("Now node1 leads.");
  });

  it("says in the reader's language why something was not done", async () => {
    const runs = switchover();
    await show(runs, { locale: "ru" });
    runs.does({ kind: "pause", reason: null });
    await press("Прочитано, дальше");
    expect(screen.getByRole("alert").textContent).toMatch(/[а-я]/i);
    expect(screen.getByRole("alert").getAttribute("data-refusal")).toBe("run-refused");
  });

  it("marks what cannot be filled in, and does not let such a command be copied", async () => {
    const runs = fakeRuns("emergency-failover", { lost: "node1" });
    await show(runs);
    const lines = [...document.querySelectorAll("[data-command]")];
    expect(lines.length).toBeGreaterThan(3);
    for (const one of lines) {
      const whole = one.getAttribute("data-command") === "whole";
      expect(one.querySelector("[data-unfilled]") === null).toBe(whole);
      expect(one.querySelector("button") !== null).toBe(whole);
    }
    expect(lines.some((one) => one.textContent?.includes("systemctl stop patroni"))).toBe(true);
  });

  it("of another cluster is not shown below this one's name", async () => {
    const runs = switchover();
    const other = { ...sampleSnapshot(), scope: "other" as Snapshot["scope"] };
    await show(runs, { picture: other });
    expect(screen.getByText("There is no such run on this cluster.")).toBeTruthy();
    expect(document.querySelector("[data-run]")).toBeNull();
  });

  it("takes a note of anybody who may act, and shows it in its record", async () => {
    const runs = switchover();
    runs.signIn("petrov");
    await show(runs, { name: "petrov" });
    fireEvent.change(screen.getByLabelText("Note for the record"), { target: { value: "called the app owners" } });
    await press("Add the note");
    expect(runs.commands).toEqual([{ kind: "note", text: "called the app owners" }]);
    expect(plainText(document.querySelector('[data-entry="noted"]'))).toContain("called the app owners");
  });

  it("tells of a run that cannot be read", async () => {
    vi.stubGlobal("fetch", serverFetch(fakeServer({ answer: () => json({ title: "no" }, 403) })));
    const picture = sampleSnapshot();
    await renderDesk(picture, { children: <RunContent snapshot={picture} id={RUN_ID} /> });
    await settle();
    expect(screen.getByRole("alert").textContent).toContain("Your role may not see this");
  });
});
