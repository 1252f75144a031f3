import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { dialogsInJsdom, json, problem, renderDesk, settle } from "@/components/actions/testing/desk";
import { FakeEventSource } from "@/lib/client/testing/render-live";
import type { NotifiersAnswer } from "@/lib/contract/alerts";
import type { DeepReadonly } from "@/lib/contract/scalars";
import { type Alert, type AttentionBoard, DELIVERY_STATES, type Delivery } from "@/lib/domain/alerts/types";
import { clusterScope, instant } from "@/lib/domain/ids";
import type { Snapshot } from "@/lib/domain/snapshot";
import { alertOf, boardOf, findingOf, silenceOf } from "@/lib/domain/testing/findings";
import { SAMPLE_NOW, sampleSnapshot } from "@/lib/domain/testing/samples";
import { AlertsPage } from "./alerts-page";
import { AttentionLines } from "./attention-lines";
import { MaintenanceBadge } from "./maintenance-badge";

vi.mock("next/navigation", () => import("@/lib/client/testing/address"));
vi.stubGlobal("EventSource", FakeEventSource);
dialogsInJsdom();
// Roles and names are looked up on a whole page, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 20_000 });

const HOUR = 3_600_000;
const healthy = sampleSnapshot("healthy");
const scope = healthy.scope;
const at = (ms: number) => instant(SAMPLE_NOW + ms);
const firing = alertOf(findingOf("rule-a:node1", { severity: "critical" }), { scope });
const taken = alertOf(findingOf("rule-b:node2"), {
  scope,
  flaps: 2,
  state: "resolving",
  acknowledged: { by: "boris", at: at(-1_000), note: "on it" },
});
const quiet = alertOf(findingOf("rule-c:node3"), { scope, silencedBy: "s1" });
const delivery = (over: Partial<Delivery>): Delivery => ({
  id: `d-${over.state}`,
  notifier: "mail-dba",
  about: "firing",
  alertIds: [firing.id],
  state: "delivered",
  attempts: 1,
  error: null,
  createdAt: at(-5_000),
  lastTriedAt: at(-4_000),
  nextTryAt: null,
  deliveredAt: null,
  ...over,
});

let posted: { url: string; body: unknown }[];
let refuse: Response | null;
let resolved: readonly Alert[];
let deliveries: readonly Delivery[];
let notifiers: DeepReadonly<NotifiersAnswer>;
const problems: unknown[] = [];
beforeEach(() => {
  posted = [];
  [refuse, resolved, deliveries, notifiers] = [null, [], [], { notifiers: [], deadMan: null }];
  problems.length = 0;
  vi.spyOn(console, "error").mockImplementation((...args) => void problems.push(args));
  vi.useFakeTimers({ toFake: ["Date"], now: SAMPLE_NOW });
  vi.stubGlobal("fetch", async (url: string, init?: RequestInit) => {
    if (init?.method === "POST") {
      posted.push({ url, body: JSON.parse(String(init.body)) });
      return refuse ?? json({});
    }
    if (url.includes("/deliveries")) return json({ deliveries });
    return url.includes("/notifiers") ? json(notifiers) : json({ alerts: resolved, inMemory: false });
  });
  window.history.replaceState(null, "", "/alerts");
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const picture = (board: Partial<AttentionBoard> | null): Snapshot => ({
  ...healthy,
  attention: board === null ? null : boardOf(board),
});
const show = (board: Partial<AttentionBoard> | null, options: Parameters<typeof renderDesk>[1] = {}) =>
  renderDesk(picture(board), { children: <AlertsPage />, ...options });
const inGroup = (container: Element, group: string) =>
  [...container.querySelectorAll(`[data-group="${group}"] [data-alert]`)].map((one) => one.getAttribute("data-alert"));

describe("the alerts page", () => {
  it.each(["en", "ru"] as const)("has a word for everything that it shows, in %s", async (locale) => {
    resolved = [{ ...firing, state: "resolved", resolvedAt: at(-9_000) }];
    deliveries = [
      ...DELIVERY_STATES.map((state) => delivery({ id: state, state, error: "451 later", nextTryAt: at(5_000) })),
      ...(["resolved", "reminder", "test"] as const).map((about) => delivery({ id: about, about })),
    ];
    const one = { language: "en", severities: ["critical"], environments: null, failing: true } as const;
    notifiers = {
      notifiers: (["smtp", "telegram", "slack", "webhook", "alertmanager"] as const).map((kind) => ({
        ...one,
        name: kind,
        kind,
        clusters: null,
        lastDelivery: null,
      })),
      deadMan: { everyMs: 60_000, lastOkAt: null, error: "connection refused" },
    };
    const silences = [
      silenceOf("s1"),
      silenceOf("s2", { kind: "maintenance", scope: null, from: at(HOUR), until: at(2 * HOUR) }),
    ];
    const { container } = await show({ alerts: [firing, taken, quiet], silences, inMemory: true }, { locale });
    await settle();
    expect(inGroup(container, "resolved")).toHaveLength(1);
    expect(container.querySelectorAll("[data-notifier]")).toHaveLength(5);
    expect(container.querySelectorAll("[data-delivery]")).toHaveLength(7);
    expect(problems).toEqual([]);
    expect(container.textContent).not.toMatch(/\b(alertsPage|maintenance|severity|findings)\.[a-z]/i);
  });

  it("puts alerts where they belong: nobody's, somebody's, kept quiet", async () => {
    const { container } = await show({ alerts: [taken, quiet, firing], silences: [silenceOf("s1")] });
    expect(inGroup(container, "firing")).toEqual([firing.id]);
    expect(inGroup(container, "acknowledged")).toEqual([taken.id]);
    expect(inGroup(container, "silenced")).toEqual([quiet.id]);
    expect(container.textContent).toContain("on it");
  });

  it("does not call it quiet where a cluster is not heard from", async () => {
    expect((await show({})).container.textContent).toContain("Nothing fires.");
    cleanup();
    expect((await show(null)).container.textContent).toContain("Cannot tell: not every cluster is heard from.");
  });

  it("shows one cluster where the address names it, and all where it names none that is known", async () => {
    window.history.replaceState(null, "", "/alerts?scope=elsewhere");
    const { container } = await show({ alerts: [firing] });
    expect(inGroup(container, "firing")).toHaveLength(1);
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Cluster" }), scope);
    expect(window.location.search).toBe(`?scope=${scope}`);
  });

  it("acknowledges with a note, and not without one", async () => {
    await show({ alerts: [firing] });
    await userEvent.click(screen.getByRole("button", { name: /^Acknowledge:/ }));
    const sheet = within(screen.getByRole("dialog"));
    const send = sheet.getByRole("button", { name: "Acknowledge" });
    await userEvent.click(send);
    expect(posted).toEqual([]);
    fireEvent.change(sheet.getByRole("textbox", { name: "Note" }), { target: { value: "replacing the disk" } });
    await userEvent.click(send);
    await settle();
    expect(posted).toEqual([
      { url: `/api/v1/alerts/${encodeURIComponent(firing.id)}/acknowledge`, body: { note: "replacing the disk" } },
    ]);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("silences this rule on this subject of this cluster, with an end and a reason", async () => {
    await show({ alerts: [firing] });
    await userEvent.click(screen.getByRole("button", { name: /^Silence:/ }));
    const sheet = within(screen.getByRole("dialog"));
    fireEvent.change(sheet.getByRole("textbox", { name: "Reason" }), { target: { value: "known" } });
    await userEvent.click(sheet.getByRole("button", { name: "Silence" }));
    expect(posted).toEqual([]);
    await userEvent.click(sheet.getByRole("radio", { name: "For 1 hour" }));
    await userEvent.click(sheet.getByRole("button", { name: "Silence" }));
    await settle();
    expect(posted[0]?.body).toMatchObject({
      kind: "silence",
      scope,
      match: { rule: firing.rule, subject: firing.subject, severity: null },
      reason: "known",
      from: null,
    });
    const until = Date.parse(String((posted[0]?.body as { until?: unknown } | undefined)?.until));
    expect(Math.abs(until - SAMPLE_NOW - HOUR)).toBeLessThan(60_000);
  });

  it("begins a maintenance window of one cluster, and keeps the sheet open when that is refused", async () => {
    refuse = problem("store-failed", 503);
    await show({});
    await userEvent.click(screen.getByRole("button", { name: "Maintenance window…" }));
    const sheet = within(screen.getByRole("dialog"));
    fireEvent.change(sheet.getByRole("textbox", { name: "Reason" }), { target: { value: "kernel update" } });
    await userEvent.click(sheet.getByRole("radio", { name: "For 4 hours" }));
    await userEvent.click(sheet.getByRole("button", { name: "Begin the window" }));
    await settle();
    expect(posted[0]?.body).toMatchObject({ kind: "maintenance", scope, reason: "kernel update", from: null });
    expect(screen.getByRole("alert").getAttribute("data-refusal")).toBe("store-failed");
  });

  it("ends a silence before its time, and lists none that is over", async () => {
    const over = silenceOf("old", { until: at(-1) });
    const { container } = await show({ silences: [silenceOf("s1"), over] });
    expect([...container.querySelectorAll("[data-silence]")].map((one) => one.getAttribute("data-silence"))).toEqual([
      "s1",
    ]);
    await userEvent.click(screen.getByRole("button", { name: /^End:/ }));
    await settle();
    expect(posted).toEqual([{ url: "/api/v1/silences/s1/end", body: {} }]);
  });

  it("lets a viewer see all and change nothing, and an operator test nothing, saying why", async () => {
    const one = {
      name: "mail",
      kind: "smtp",
      language: "en",
      severities: [],
      clusters: null,
      environments: null,
    } as const;
    notifiers = {
      notifiers: [{ ...one, lastDelivery: delivery({ state: "failed", error: "550 no" }), failing: true }],
      deadMan: null,
    };
    await show({ alerts: [firing], silences: [silenceOf("s1")] }, { role: "viewer" });
    await settle();
    const names = [/^Acknowledge:/, /^Silence:/, /^End:/, "Maintenance window…", "Send a test through mail"];
    for (const name of names) await userEvent.click(screen.getByRole("button", { name }));
    expect(posted).toEqual([]);
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(screen.getAllByText("Needs the role Operator").length).toBeGreaterThan(3);
    expect(document.body.textContent).toContain("550 no");
    cleanup();
    await show({}, { role: "operator" });
    await settle();
    await userEvent.click(screen.getByRole("button", { name: "Send a test through mail" }));
    expect(screen.getByText("Needs the role Administrator")).toBeTruthy();
    cleanup();
    await show({}, { role: "admin" });
    await settle();
    await userEvent.click(screen.getByRole("button", { name: "Send a test through mail" }));
    await settle();
    expect(posted).toEqual([{ url: "/api/v1/alerts/notifiers/mail/test", body: {} }]);
  });
});

describe("what every page of a cluster says of its alerts", () => {
  const window = silenceOf("w1", { kind: "maintenance", scope: clusterScope(scope) });
  const lines = (board: Partial<AttentionBoard> | null) =>
    renderDesk(healthy, {
      children: (
        <>
          <AttentionLines attention={board === null ? null : boardOf(board)} />
          <MaintenanceBadge attention={board === null ? null : boardOf(board)} />
        </>
      ),
    });

  it.each([null, {}, { silences: [silenceOf("s")] }])("is nothing where there is nothing to say: %j", async (board) => {
    expect((await lines(board)).container.textContent).toBe("");
  });

  it("is the maintenance that it is in: owner, reason and a countdown", async () => {
    const { container } = await lines({ silences: [window] });
    const line = container.querySelector("[data-maintenance]");
    expect(line?.textContent).toContain("anna");
    expect(line?.textContent).toContain("disk replacement");
    expect(line?.textContent).toMatch(/Maintenance, .*(59|1).* left/);
    expect(screen.getByTitle("anna: disk replacement")).toBeTruthy();
  });

  it("is that people may not hear of alerts, by the notifiers' names", async () => {
    const { container } = await lines({ failingNotifiers: ["mail-dba", "pager"] });
    expect(container.querySelector("[data-failing-notifiers]")?.textContent).toContain("mail-dba, pager");
  });
});
