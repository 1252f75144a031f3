import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeEventSource } from "@/lib/client/testing/render-live";
import type { Check, Plan } from "@/lib/domain/actions/plan";
import { instant, memberName } from "@/lib/domain/ids";
import { message } from "@/lib/domain/message";
import { operationOf } from "@/lib/domain/testing/operations";
import { contextOf } from "@/lib/domain/testing/plan";
import { barePlan, checkOf } from "@/lib/domain/testing/plans";
import { SAMPLE_NOW, sampleSnapshot, sampleState } from "@/lib/domain/testing/samples";
import type { ActionDraft } from "./draft";
import {
  dialogsInJsdom,
  type FakeServer,
  fakeServer,
  json,
  problem,
  renderDesk,
  serverFetch,
  settle,
} from "./testing/desk";

vi.mock("next/navigation", () => import("@/lib/client/testing/address"));
vi.stubGlobal("EventSource", FakeEventSource);

const snapshot = { ...sampleSnapshot(), actions: { operations: [], pause: null } };
const context = contextOf(sampleState("healthy"), {}, SAMPLE_NOW);
const SWITCHOVER: ActionDraft = { action: "switchover", candidate: memberName("node2"), scheduledAt: null };
const FAILOVER: ActionDraft = { action: "failover", candidate: memberName("node2") };
const planWith = (checks: readonly Check[], over: Partial<Plan> = {}, draft: ActionDraft = SWITCHOVER) =>
  barePlan(draft as Plan["request"], context, { checks, ...over });

let server: FakeServer;
const problems: unknown[] = [];
beforeEach(() => {
  problems.length = 0;
  dialogsInJsdom();
  server = fakeServer();
  vi.stubGlobal("fetch", serverFetch(server));
  vi.spyOn(console, "error").mockImplementation((...args) => void problems.push(args));
  vi.useFakeTimers({ toFake: ["Date"], now: SAMPLE_NOW });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
  expect(problems).toEqual([]);
});

const answering = (over: Partial<FakeServer>) => {
  server = fakeServer(over);
  vi.stubGlobal("fetch", serverFetch(server));
};
const deed = () => document.querySelector<HTMLElement>("[data-deed]");
const isOff = () => deed()?.getAttribute("aria-disabled") === "true";
const executed = () => server.posted.filter(({ url }) => url.endsWith("/operations"));
const fill = (what: "scope" | "reason", text: string) =>
  fireEvent.change(document.querySelector(`[data-confirm=${what}]`) as Element, { target: { value: text } });
const begun = operationOf(
  { action: "switchover", candidate: memberName("node2"), scheduledAt: null },
  sampleState("healthy"),
  { id: "op-1" },
);

describe("the dialog of actions", () => {
  it("focuses nothing that Enter could fire, and Enter in its fields sends nothing", async () => {
    answering({ plan: () => planWith([]) });
    await renderDesk(snapshot, { draft: SWITCHOVER });
    expect(document.activeElement?.tagName).toBe("H2");
    const user = userEvent.setup({ advanceTimers: () => undefined });
    await user.keyboard("{Enter}{Enter}");
    fill("scope", snapshot.scope);
    fill("reason", "kernel");
    for (const what of ["scope", "reason"]) {
      await user.click(document.querySelector(`[data-confirm=${what}]`) as Element);
      await user.keyboard("{Enter}");
    }
    expect(executed()).toEqual([]);
  });

  it("is never filled in beforehand, and cannot be confirmed until scope, reason and every tick are there", async () => {
    answering({ plan: () => planWith([checkOf("a", "warn"), checkOf("b", "warn"), checkOf("c", "pass")]) });
    await renderDesk(snapshot, { draft: SWITCHOVER });
    expect(document.querySelector<HTMLInputElement>("[data-confirm=scope]")?.value).toBe("");
    expect(document.querySelector<HTMLInputElement>("[data-confirm=reason]")?.value).toBe("");
    const ticks = screen.getAllByRole("checkbox");
    expect(ticks).toHaveLength(2);
    expect(isOff()).toBe(true);
    fill("scope", snapshot.scope.slice(0, -1));
    fill("reason", "kernel");
    for (const tick of ticks) fireEvent.click(tick);
    expect(isOff()).toBe(true);
    fill("scope", snapshot.scope);
    expect(isOff()).toBe(false);
    fill("reason", "   ");
    expect(isOff()).toBe(true);
    fill("reason", "kernel");
    fireEvent.click(ticks[0] as Element);
    expect(isOff()).toBe(true);
    fireEvent.click(deed() as Element);
    await settle();
    expect(executed()).toEqual([]);
  });

  it("sends exactly what was typed and ticked, and then shows the operation", async () => {
    answering({
      plan: () => planWith([checkOf("lag", "warn")]),
      answer: (url) => (url.includes("operation") ? json(begun) : json(snapshot)),
    });
    await renderDesk(snapshot, { draft: SWITCHOVER });
    fill("scope", snapshot.scope);
    fill("reason", " kernel update ");
    fireEvent.click(screen.getByRole("checkbox"));
    fireEvent.click(deed() as Element);
    await settle();
    expect(executed()[0]?.body).toEqual({
      planId: planWith([]).id,
      confirmation: snapshot.scope,
      reason: "kernel update",
      acknowledged: ["lag"],
      overridden: [],
    });
    expect(document.querySelector("[data-operation=op-1]")).not.toBeNull();
    expect(document.activeElement?.tagName).toBe("H2");
  });

  it.each(["operator", "admin"] as const)("cannot confirm what is blocked, whoever asks: %s", async (role) => {
    answering({ plan: () => planWith([checkOf("quorum", "block"), checkOf("lag", "warn")]) });
    await renderDesk(snapshot, { draft: SWITCHOVER, role });
    expect(deed()).toBeNull();
    expect(document.querySelector("[data-confirm]")).toBeNull();
    expect(screen.queryByRole("checkbox")).toBeNull();
    expect(document.querySelector("[data-barred=final]")).not.toBeNull();
  });

  it("lets an administrator override the blocks of a failover, each by its own tick", async () => {
    const checks = [checkOf("x", "block", { overridable: true }), checkOf("y", "block", { overridable: true })];
    answering({ plan: () => planWith(checks, {}, FAILOVER), answer: () => json(begun) });
    await renderDesk(snapshot, { draft: FAILOVER, role: "admin" });
    fill("scope", snapshot.scope);
    fill("reason", "the leader is gone");
    const ticks = screen.getAllByRole("checkbox");
    fireEvent.click(ticks[0] as Element);
    expect(isOff()).toBe(true);
    fireEvent.click(ticks[1] as Element);
    expect(isOff()).toBe(false);
    fireEvent.click(deed() as Element);
    await settle();
    expect(executed()[0]?.body).toMatchObject({ overridden: ["x", "y"], acknowledged: [] });
  });

  it.each([
    ["an operator", "operator", true],
    ["an administrator, when one block may not be", "admin", false],
  ] as const)("does not let blocks be overridden by %s", async (_, role, overridable) => {
    const checks = [checkOf("x", "block", { overridable: true }), checkOf("y", "block", { overridable })];
    answering({ plan: () => planWith(checks, {}, FAILOVER) });
    await renderDesk(snapshot, { draft: FAILOVER, role });
    expect(deed()).toBeNull();
    expect(screen.queryByRole("checkbox")).toBeNull();
  });

  it("does not serve past its life: a new plan keeps the reason, and neither ticks nor the typed scope", async () => {
    const fresh = { createdAt: instant(SAMPLE_NOW + 200_000), expiresAt: instant(SAMPLE_NOW + 320_000), id: "second" };
    answering({ plan: (attempt) => planWith([checkOf("lag", "warn")], attempt === 1 ? {} : fresh) });
    await renderDesk(snapshot, { draft: SWITCHOVER });
    fill("scope", snapshot.scope);
    fill("reason", "kernel");
    fireEvent.click(screen.getByRole("checkbox"));
    expect(isOff()).toBe(false);
    vi.setSystemTime(SAMPLE_NOW + 121_000);
    await waitFor(() => expect(isOff()).toBe(true), { timeout: 3_000 });
    fireEvent.click(screen.getByText("Make a new plan"));
    await settle();
    expect(document.querySelector<HTMLInputElement>("[data-confirm=reason]")?.value).toBe("kernel");
    expect(document.querySelector<HTMLInputElement>("[data-confirm=scope]")?.value).toBe("");
    expect(screen.getByRole<HTMLInputElement>("checkbox").checked).toBe(false);
  });

  it.each([
    ["production", true],
    ["Prod-EU", true],
    ["staging", false],
    ["non-production", false],
    [null, false],
  ])("marks the environment %s as production: %s, by a word and a band", async (environment, production) => {
    answering({ plan: () => planWith([]) });
    await renderDesk({ ...snapshot, environment }, { draft: SWITCHOVER });
    const dialog = document.querySelector("dialog") as HTMLElement;
    expect(dialog.querySelector(`[data-production=${production}]`)).not.toBeNull();
    expect(within(dialog).queryByText("PRODUCTION") !== null).toBe(production);
    expect(within(dialog).getAllByText(snapshot.title).length).toBeGreaterThan(0);
    expect(within(dialog).getAllByText(snapshot.scope).length).toBeGreaterThan(0);
  });

  const holder = {
    operationId: "op-9",
    action: "failover",
    actor: "petrov",
    dashboard: "dash2",
    at: instant(SAMPLE_NOW - 3_000),
  };
  it.each([
    [
      "fence-moved",
      409,
      { reasons: [message("fence.system", { before: "1", after: "2" })] },
      "identifier was 1 and is 2",
    ],
    ["plan-expired", 409, {}, "too old"],
    ["plan-used", 409, { operationId: "op-9" }, "used already"],
    ["not-yours", 403, {}, "somebody else"],
    ["busy", 409, { holder }, "petrov began “Failover” on dash2"],
    ["blocked", 422, { reasons: [message("planned.restart", { from: "node7" })] }, "Restart of node7"],
    ["forbidden", 403, {}, "Your role"],
    ["store-failed", 503, {}, "nothing is done that cannot be recorded"],
  ])("tells %s in words, and that nothing was done", async (code, status, more, words) => {
    answering({ plan: () => planWith([]), answer: () => problem(code, status, more) });
    await renderDesk(snapshot, { draft: SWITCHOVER });
    fill("scope", snapshot.scope);
    fill("reason", "kernel");
    fireEvent.click(deed() as Element);
    await settle();
    const alert = screen.getByRole("alert");
    expect(alert.getAttribute("data-refusal")).toBe(code);
    expect(alert.textContent).toContain(words);
    expect(alert.textContent).toContain("Nothing was done");
    expect(isOff()).toBe(code !== "busy");
  });

  it("says that it does not know when the answer was lost, and finds the operation by its plan", async () => {
    const found = { ...begun, planId: planWith([]).id };
    let lost = true;
    answering({
      plan: () => planWith([]),
      answer: (url, body) => {
        if (body !== null || lost) throw new TypeError("Failed to fetch");
        return url.includes("?limit") ? json({ scope: snapshot.scope, operations: [found], next: null }) : json(found);
      },
    });
    await renderDesk(snapshot, { draft: SWITCHOVER });
    fill("scope", snapshot.scope);
    fill("reason", "kernel");
    fireEvent.click(deed() as Element);
    await settle();
    expect(screen.getByRole("alert").getAttribute("data-refusal")).toBe("lost");
    expect(screen.getByRole("alert").textContent).not.toContain("Nothing was done");
    lost = false;
    await waitFor(() => expect(document.querySelector("[data-operation=op-1]")).not.toBeNull(), { timeout: 4_000 });
    expect(executed()).toHaveLength(1);
  });

  it("asks for no plan of a failover before somebody was chosen, nor of a pause before its end was", async () => {
    await renderDesk(snapshot, { draft: { action: "failover", candidate: null } });
    expect(server.posted).toEqual([]);
    expect(deed()).toBeNull();
    cleanup();
    await renderDesk(snapshot, { draft: { action: "pause", until: null, resumeAtEnd: false } });
    expect(server.posted).toEqual([]);
    fireEvent.click(screen.getByLabelText("1 hour"));
    await settle();
    expect(server.posted[0]?.body).toMatchObject({ action: "pause", until: instant(SAMPLE_NOW + 3_600_000) });
  });

  it("says that a second operator must approve, on the button too", async () => {
    answering({ plan: () => planWith([], { needsApproval: true }) });
    await renderDesk(snapshot, { draft: SWITCHOVER });
    expect(deed()?.textContent).toBe("Ask for approval");
  });

  it("cannot be left while it is being sent, and closes on demand before", async () => {
    let release: (answer: Response) => void = () => undefined;
    answering({
      plan: () => planWith([]),
      answer: (url) => (url.endsWith("/operations") ? new Promise<Response>((done) => (release = done)) : json(begun)),
    });
    await renderDesk(snapshot, { draft: SWITCHOVER });
    fill("scope", snapshot.scope);
    fill("reason", "kernel");
    fireEvent.click(deed() as Element);
    await settle();
    const cancel = new Event("cancel", { cancelable: true });
    act(() => void document.querySelector("dialog")?.dispatchEvent(cancel));
    expect(cancel.defaultPrevented).toBe(true);
    fireEvent.click(deed() as Element);
    await act(async () => release(json(begun)));
    await settle();
    expect(executed()).toHaveLength(1);
    fireEvent.click(screen.getAllByText("Close")[0] as Element);
    expect(document.querySelector("dialog")).toBeNull();
  });
});
