import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeEventSource } from "@/lib/client/testing/render-live";
import { OPERATION_PHASES, OPERATION_STATES, type Operation } from "@/lib/domain/actions/operation";
import { instant, memberName } from "@/lib/domain/ids";
import { message } from "@/lib/domain/message";
import { EXAMPLE_REQUESTS, operationOf } from "@/lib/domain/testing/operations";
import { SAMPLE_NOW, sampleSnapshot, sampleState } from "@/lib/domain/testing/samples";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";
import { OPERATION_WORDS, wordOf } from "./operation/words";
import { OperationsContent } from "./operations-page";
import { OperationsStrip } from "./operations-strip";
import {
  dialogsInJsdom,
  type FakeServer,
  fakeServer,
  json,
  plainText,
  problem,
  renderDesk,
  serverFetch,
  settle,
} from "./testing/desk";

vi.mock("next/navigation", () => import("@/lib/client/testing/address"));
vi.stubGlobal("EventSource", FakeEventSource);

const state = sampleState("healthy");
const operation = (over: Partial<Operation> = {}): Operation =>
  operationOf(EXAMPLE_REQUESTS.switchover, state, { scope: sampleSnapshot().scope, ...over }, SAMPLE_NOW - 9_000);
const picture = (...operations: Operation[]) => ({
  ...sampleSnapshot(),
  actions: { operations, pause: null },
});
const ENDED = { phase: "ended", endedAt: instant(SAMPLE_NOW - 1_000) } as const;

let server: FakeServer;
const problems: unknown[] = [];
const answering = (answer: FakeServer["answer"]) => {
  server = fakeServer({ answer });
  vi.stubGlobal("fetch", serverFetch(server));
};
beforeEach(() => {
  problems.length = 0;
  dialogsInJsdom();
  answering(() => json({ title: "none" }, 404));
  vi.spyOn(console, "error").mockImplementation((...args) => void problems.push(args));
  vi.useFakeTimers({ toFake: ["Date"], now: SAMPLE_NOW });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
  expect(problems).toEqual([]);
});

describe("the words for an operation", () => {
  it.each([en, ru])("are all different in one language, and so are their sentences", (catalogue) => {
    const { word, sentence } = catalogue.operation;
    expect(new Set(Object.values(word)).size).toBe(OPERATION_WORDS.length);
    expect(new Set(Object.values(sentence)).size).toBe(OPERATION_WORDS.length);
    expect(Object.keys(word).sort()).toEqual([...OPERATION_WORDS].sort());
  });

  it("exist for every state in every phase", () => {
    const words = OPERATION_STATES.flatMap((one) =>
      OPERATION_PHASES.map((phase) => wordOf({ state: one, phase, action: "switchover" })),
    );
    expect(words.filter((word) => !OPERATION_WORDS.includes(word))).toEqual([]);
    expect(wordOf({ state: "running", phase: "accepted", action: "failover" })).toBe("accepted");
    expect(wordOf({ state: "done-otherwise", phase: "ended", action: "failover" })).toBe("other-leader");
    expect(wordOf({ state: "done-otherwise", phase: "ended", action: "restart" })).toBe("done-otherwise");
  });

  it.each([
    [{ state: "running", phase: "accepted" }, "Accepted"],
    [{ state: "running", phase: "verifying" }, "Still running"],
    [{ state: "done", ...ENDED }, "Done"],
    [{ state: "done-otherwise", ...ENDED }, "Done, but another member leads"],
    [{ state: "refused", ...ENDED }, "Refused"],
    [{ state: "failed", ...ENDED }, "Failed"],
    [{ state: "unknown", ...ENDED }, "Outcome unknown"],
  ] as const)("are said and drawn: %o", async (over, word) => {
    const one = operation(over);
    answering((url) => (url.includes("/operations/") ? json(one) : json({}, 404)));
    await renderDesk(picture(one), { follow: one.id });
    expect(screen.getByText(word).tagName).toBe("STRONG");
    const mark = document.querySelector("dialog [data-mark]");
    expect(mark?.getAttribute("data-mark")).toBe(wordOf(one));
  });

  it("are drawn in shapes of which no two are alike", async () => {
    const all = OPERATION_STATES.flatMap((one) => [
      operation({ id: one, state: one, phase: "verifying" }),
      operation({
        id: `${one} 2`,
        state: one,
        phase: "accepted",
        action: "restart",
        request: EXAMPLE_REQUESTS.restart,
      }),
    ]);
    const shown = picture(...all);
    await renderDesk(shown, { children: <OperationsStrip snapshot={shown} /> });
    const marks = [...document.querySelectorAll("svg[data-mark]")];
    const shapeOf = new Map(marks.map((mark) => [mark.getAttribute("data-mark"), mark.innerHTML]));
    expect([...shapeOf.keys()].sort()).toEqual([...OPERATION_WORDS].sort());
    expect(new Set(shapeOf.values()).size).toBe(OPERATION_WORDS.length);
  });
});

describe("an operation that is followed", () => {
  it("shows steps, what is waited for, the gap, the receipt before and after, and the raw answers", async () => {
    const at = instant(SAMPLE_NOW - 5_000);
    const one = operation({
      state: "done",
      ...ENDED,
      steps: [
        {
          id: "demoted",
          state: "done",
          text: message("planned.restart", { from: "A" }),
          detail: null,
          startedAt: at,
          endedAt: at,
        },
        {
          id: "promoted",
          state: "running",
          text: message("planned.restart", { from: "B" }),
          detail: message("planned.restart", { from: "3 WAL senders" }),
          startedAt: at,
          endedAt: null,
        },
      ],
      writeGapMs: 2_340,
      writeGapBasis: "client-eye",
      receipt: {
        before: {
          member: memberName("node2"),
          eligible: true,
          reason: null,
          lossBytes: 4096,
          lossSeconds: null,
          basis: "estimate",
          at,
        },
        oldLsn: "0/5000028",
        forkLsn: "0/4FFFF00",
        lostBytes: 296,
        basis: "measured",
      },
    });
    answering((url) => (url.includes("/operations/") ? json(one) : json({}, 404)));
    await renderDesk(picture(one), { follow: one.id });
    const text = plainText(document.querySelector("dialog"));
    for (const words of [
      "3 WAL senders",
      "2.34 s",
      "measured by the client's eye",
      "296 B of WAL",
      "about 4 kB",
      "0/4FFFF00",
    ]) {
      expect(text).toContain(words);
    }
    expect(document.querySelector("[data-step=promoted]")?.getAttribute("aria-current")).toBe("step");
  });

  it("does not read as over what the picture still has running, nor as running what the record knows has ended", async () => {
    const live = operation({ state: "running" });
    answering((url) => (url.includes("/operations/") ? json({ ...live, state: "done", ...ENDED }) : json({}, 404)));
    await renderDesk(picture(live), { follow: live.id });
    expect(document.querySelector("dialog [data-word]")?.getAttribute("data-word")).toBe("done");
  });

  it("says so when there is no such operation", async () => {
    await renderDesk(picture(), { follow: "nothing" });
    await settle();
    expect(document.querySelector("dialog")?.textContent).toContain("no such operation");
  });
});

describe("approval", () => {
  const waiting = operation({ state: "awaiting-approval", phase: "checking", startedAt: null });
  const strip = (name: string, role: "viewer" | "operator") =>
    renderDesk(picture(waiting), { name, role, children: <OperationsStrip snapshot={picture(waiting)} /> });

  it("is given by another operator, in two steps, never by who asked", async () => {
    answering((url) => json(url.endsWith("/approve") ? { ...waiting, state: "running" } : waiting));
    await strip("petrov", "operator");
    fireEvent.click(screen.getByText("Approve…"));
    expect(server.posted).toEqual([]);
    fireEvent.click(screen.getByText("Yes, approve"));
    await settle();
    expect(server.posted.map(({ url }) => url)).toEqual([`/api/v1/operations/${waiting.id}/approve`]);
    cleanup();
    await strip(waiting.actor, "operator");
    expect(screen.queryByText("Approve…")).toBeNull();
    expect(screen.getByText("Withdraw…")).toBeTruthy();
  });

  it("is declined with a reason only", async () => {
    answering(() => json(waiting));
    await strip("petrov", "operator");
    fireEvent.click(screen.getByText("Decline…"));
    fireEvent.click(screen.getByText("Decline"));
    await settle();
    expect(server.posted).toEqual([]);
    fireEvent.change(screen.getByLabelText("Why not"), { target: { value: "not tonight" } });
    fireEvent.click(screen.getByText("Decline"));
    await settle();
    expect(server.posted[0]).toEqual({
      url: `/api/v1/operations/${waiting.id}/withdraw`,
      body: { reason: "not tonight" },
    });
  });

  it("is nothing for a viewer to give", async () => {
    await strip("guest", "viewer");
    expect(screen.queryByText("Approve…")).toBeNull();
    expect(screen.getByText("Needs the role operator")).toBeTruthy();
  });
});

describe("the strip of operations", () => {
  it("lets what has ended be put away, and never what is open", async () => {
    const shown = picture(operation({ id: "open" }), operation({ id: "over", state: "done", ...ENDED }));
    await renderDesk(shown, { children: <OperationsStrip snapshot={shown} /> });
    expect(screen.getAllByLabelText("Dismiss")).toHaveLength(1);
    fireEvent.click(screen.getByLabelText("Dismiss"));
    expect(document.querySelector("[data-strip=over]")).toBeNull();
    expect(document.querySelector("[data-strip=open]")).not.toBeNull();
  });

  it("of those that went well shows the last alone, and all that ended otherwise", async () => {
    const done = (id: string) => operation({ id, state: "done", ...ENDED });
    const shown = picture(
      done("newest"),
      operation({ id: "bad", state: "failed", ...ENDED }),
      done("older"),
      done("old"),
    );
    await renderDesk(shown, { children: <OperationsStrip snapshot={shown} /> });
    const ids = [...document.querySelectorAll("[data-strip]")].map((row) => row.getAttribute("data-strip"));
    expect(ids).toEqual(["newest", "bad"]);
    expect(screen.getByText("2 more done lately").getAttribute("href")).toBe(`/clusters/${shown.scope}/operations`);
  });
});

describe("the page of operations", () => {
  const page = (shown = picture()) => renderDesk(shown, { children: <OperationsContent snapshot={shown} /> });

  it("lists the newest first, and reads older ones on demand", async () => {
    const before: (string | null)[] = [];
    answering((url) => {
      const { searchParams } = new URL(url, "http://localhost");
      before.push(searchParams.get("before"));
      const first = searchParams.get("before") === null;
      return json({
        scope: "demo",
        operations: [operation({ id: first ? "new" : "old", state: "done", ...ENDED })],
        next: first ? 77 : null,
      });
    });
    await page();
    expect(document.querySelectorAll("li[data-operation]")).toHaveLength(1);
    fireEvent.click(screen.getByText("Load older"));
    await settle();
    expect(
      [...document.querySelectorAll("li[data-operation]")].map((row) => row.getAttribute("data-operation")),
    ).toEqual(["new", "old"]);
    expect(before).toEqual([null, "77"]);
    expect(screen.queryByText("Load older")).toBeNull();
  });

  it("says that there is nothing, which is another thing than not being able to read it", async () => {
    answering(() => json({ scope: "demo", operations: [], next: null }));
    await page();
    expect(screen.getByText(/Nothing was ever done/)).toBeTruthy();
    cleanup();
    answering(() => problem("forbidden", 403));
    await page();
    expect(screen.getByRole("alert")).toBeTruthy();
    expect(screen.queryByText(/Nothing was ever done/)).toBeNull();
  });
});
