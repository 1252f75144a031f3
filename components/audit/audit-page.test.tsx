import { act, cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { queryClient } from "@/lib/client/query-client";
import { FakeEventSource, renderLive } from "@/lib/client/testing/render-live";
import { AUDIT_KINDS, type AuditRow, type AuditVerdict } from "@/lib/domain/audit";
import type { Instant } from "@/lib/domain/ids";
import type { Locale } from "@/lib/format/locale";
import { AuditPage } from "./audit-page";

vi.mock("next/navigation", () => import("@/lib/client/testing/address"));
vi.stubGlobal("EventSource", FakeEventSource);

const auditRow = (seq: number, over: Partial<AuditRow> = {}): AuditRow => ({
  seq,
  at: new Date(Date.UTC(2026, 10, 21, 2, 0, seq)).toISOString() as Instant,
  kind: "operation-requested",
  scope: "demo",
  actor: "anna",
  role: "operator",
  from: "10.0.0.9",
  action: "switchover",
  operationId: "op-1",
  planId: "p-1",
  reason: "disk replacement",
  data: {},
  prev: "a".repeat(64),
  hash: String(seq % 10).repeat(64),
  ...over,
});

let rows: readonly AuditRow[];
let verdict: AuditVerdict;
let fails: { status: number; detail: string } | null;
let asked: URL[];
const problems: unknown[] = [];
beforeEach(() => {
  [rows, fails, asked] = [[], null, []];
  verdict = { kind: "whole", rows: 3, lastHash: "f".repeat(64) };
  problems.length = 0;
  vi.spyOn(console, "error").mockImplementation((...args) => void problems.push(args));
  vi.stubGlobal("fetch", async (input: string) => {
    const url = new URL(input, "http://localhost");
    asked.push(url);
    const json = (value: unknown, status = 200) => new Response(JSON.stringify(value), { status });
    if (fails) return json({ detail: fails.detail }, fails.status);
    if (url.searchParams.has("verify")) return json(verdict);
    const before = Number(url.searchParams.get("before") ?? Number.POSITIVE_INFINITY);
    const match = rows.filter(({ seq }) => seq < before);
    const page = match.slice(0, 2);
    return json({ rows: page, next: match.length > 2 ? page.at(-1)?.seq : null });
  });
  window.history.replaceState(null, "", "/audit");
});
afterEach(() => {
  cleanup();
  queryClient().clear();
  vi.restoreAllMocks();
});

const show = (locale: Locale = "en") =>
  renderLive(<AuditPage people={["anna", "boris", "dashboard"]} />, locale).container;
const seqs = (container: HTMLElement) =>
  [...container.querySelectorAll("[data-seq]")].map((row) => Number(row.getAttribute("data-seq")));
const lastAsked = () => Object.fromEntries(asked.at(-1)?.searchParams ?? []);

describe("the audit page", () => {
  it.each(["en", "ru"] as const)("has a word for every kind, verdict and refusal, in %s", async (locale) => {
    vi.stubGlobal("fetch", async () => new Response(JSON.stringify({ rows, next: null })));
    const codes = [
      "fence-moved",
      "busy",
      "blocked",
      "wrong-confirmation",
      "plan-expired",
      "withdrawn",
      "approval-expired",
    ];
    const checks = [{ status: "block" }, { status: "warn" }, { status: "warn" }, { status: "pass" }];
    const answers = ["done", "done-otherwise", "accepted", "scheduled", "refused", "failed", "unknown", "not-sent"];
    rows = [
      ...AUDIT_KINDS.map((kind, n) => auditRow(200 - n, { kind })),
      ...codes.map((code, n) => auditRow(80 - n, { kind: "operation-refused", data: { code, reasons: [] } })),
      ...answers.map((kind, n) =>
        auditRow(60 - n, { kind: "operation-step", data: { answer: { kind, status: 503, text: "x" } } }),
      ),
      ...["wrong", "throttled", "busy"].map((why, n) => auditRow(40 - n, { kind: "sign-in-refused", data: { why } })),
      ...["done", "refused", "failed", "unknown"].map((state, n) =>
        auditRow(30 - n, { kind: "operation-ended", data: { state } }),
      ),
      auditRow(20, { kind: "plan", data: { checks } }),
    ];
    const container = show(locale);
    await waitFor(() => expect(seqs(container)).toHaveLength(rows.length));
    expect(container.textContent).not.toMatch(/audit(Page)?\.|operation\.word|action\.name/);
    expect(container.textContent).toContain(locale === "en" ? "1 block, 2 warnings" : "1 запрет, 2 предупреждения");
    expect(problems).toEqual([]);
  });

  it("shows who did what, from where, where and why; a row opens to all that it holds, hashes included", async () => {
    const reason = `${"a very long reason ".repeat(80)}\nsecond line`;
    rows = [auditRow(7, { reason, data: { fence: { timeline: 7 } } })];
    const container = show();
    const row = (await screen.findByText("anna", { selector: "td span" })).closest("tr") as HTMLElement;
    for (const text of ["Operator", "10.0.0.9", "Action confirmed", "Switchover", "demo", "No. 7"]) {
      expect(row.textContent).toContain(text);
    }
    expect(container.textContent).not.toContain("a".repeat(64));
    await userEvent.click(within(row).getByRole("button"));
    expect(within(row).getByRole("button").getAttribute("aria-expanded")).toBe("true");
    for (const text of [
      "a".repeat(64),
      "7".repeat(64),
      '"timeline": 7',
      "second line",
      "2026-11-21T02:00:07.000Z",
      "p-1",
    ]) {
      expect(container.textContent).toContain(text);
    }
    const whole = screen.getByRole("link", { name: "All rows of it" });
    expect(whole.getAttribute("href")).toBe("/audit?operation=op-1");
  });

  it("shows a row that somebody has spoilt as it stands", async () => {
    rows = [
      auditRow(3, { kind: "nonsense" as never, action: "explode", role: "god", actor: "" }),
      auditRow(2, { kind: "operation-ended", data: { unreadable: "{spoilt" } }),
    ];
    const container = show();
    await waitFor(() => expect(seqs(container)).toEqual([3, 2]));
    expect(container.textContent).toMatch(/no name.*god.*nonsense.*explode/);
    expect(problems).toEqual([]);
  });

  it("loads older rows on demand, and says that there are some", async () => {
    rows = [5, 4, 3, 2, 1].map((seq) => auditRow(seq));
    const container = show();
    await screen.findByText("2 rows, older ones follow");
    await userEvent.click(screen.getByRole("button", { name: "Load older" }));
    await waitFor(() => expect(seqs(container)).toEqual([5, 4, 3, 2]));
    await userEvent.click(screen.getByRole("button", { name: "Load older" }));
    await screen.findByText("5 rows");
    expect(screen.queryByRole("button", { name: "Load older" })).toBeNull();
  });

  it("narrows by kind, person, action, time and words; the address keeps it", async () => {
    rows = [auditRow(1)];
    show();
    await screen.findByText("1 row");
    await userEvent.click(screen.getByRole("button", { name: "Sign-ins" }));
    await waitFor(() =>
      expect(asked.at(-1)?.searchParams.getAll("kind")).toEqual(["sign-in", "sign-in-refused", "sign-out"]),
    );
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Person or token" }), "boris");
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Action" }), "failover");
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Range" }), "24h");
    await userEvent.type(screen.getByRole("searchbox", { name: "Search words" }), "node2 disk");
    await waitFor(() =>
      expect(lastAsked()).toMatchObject({ actor: "boris", action: "failover", search: "node2 disk" }),
    );
    expect(lastAsked()).toHaveProperty("from");
    expect(window.location.search).toBe("?group=sign-ins&actor=boris&action=failover&q=node2+disk&last=24h");
    await userEvent.click(screen.getByRole("button", { name: "Clear filters" }));
    expect(window.location.search).toBe("");
  });

  it("a link to a row shows it first, open, with those before it", async () => {
    window.history.replaceState(null, "", "/audit?row=4");
    rows = [5, 4, 3].map((seq) => auditRow(seq));
    const container = show();
    await waitFor(() => expect(seqs(container)).toEqual([4, 3]));
    expect(lastAsked()).toMatchObject({ before: "5" });
    expect(container.textContent).toContain("4".repeat(64));
    await userEvent.click(screen.getByRole("button", { name: /Do not narrow to Up to row 4/ }));
    await waitFor(() => expect(seqs(container)).toEqual([5, 4]));
  });

  it("offers the whole log as a file", () => {
    show();
    const link = screen.getByRole("link", { name: /Export/ });
    expect([link.getAttribute("href"), link.hasAttribute("download")]).toEqual(["/api/v1/audit/export", true]);
  });
});

describe("the chain", () => {
  const verify = () => userEvent.click(screen.getByRole("button", { name: "Verify the chain" }));

  it("is claimed to be whole by nobody who has not looked", async () => {
    rows = [auditRow(1)];
    const container = show();
    await screen.findByText("1 row");
    expect(container.querySelector("[data-chain]")).toBeNull();
    expect(asked.some((url) => url.searchParams.has("verify"))).toBe(false);
  });

  it("is whole: how many rows, and the last hash", async () => {
    const container = show();
    await verify();
    await screen.findByText("The chain is whole: 3 rows");
    expect(container.querySelector("[data-chain='ok']")?.textContent).toContain("f".repeat(64));
  });

  it.each([
    ["hash", "What row 41 says is not what it said when it was written."],
    ["chain", "Row 41 does not follow the row before it"],
    ["missing", "Row 41 is missing."],
  ] as const)("is broken (%s): names the first row that does not fit, and leads to it", async (why, text) => {
    verdict = { kind: "broken", seq: 41, why, rows: 40 };
    const container = show();
    await verify();
    const box = await waitFor(() => container.querySelector("[data-chain='crit']") as HTMLElement);
    expect(box.textContent).toContain(text);
    expect(box.textContent).toContain("The 40 rows before it are whole.");
    expect(within(box).getByRole("link").getAttribute("href")).toBe("/audit?row=41");
  });

  it("could not be checked: that is neither whole nor broken, and a verdict from before does not stand", async () => {
    const container = show();
    await verify();
    await screen.findByText("The chain is whole: 3 rows");
    fails = { status: 503, detail: "The store of the record: slow." };
    await verify();
    await waitFor(() => expect(container.querySelector("[data-chain='blind']")?.textContent).toContain("slow."));
    expect(container.textContent).not.toContain("whole: 3");
  });
});

describe("when there is nothing to show", () => {
  it("says that nothing was done yet, and that nothing matches", async () => {
    show();
    await screen.findByText("Nothing has been done or tried yet.");
    act(() => window.history.replaceState(null, "", "/audit?actor=nobody"));
    await screen.findByText("No row matches these filters.");
  });

  it.each([
    [503, "The audit log cannot be read: its store does not answer."],
    [403, "Your role may not see this"],
    [401, "The session is over"],
  ])(
    "tells of a %i as it is, and not as an empty log",
    async (status, text) => {
      fails = { status, detail: "the detail" };
      show();
      const alert = await screen.findByRole("alert", {}, { timeout: 8_000 });
      expect(alert.textContent).toContain(text);
      expect(alert.textContent).toContain("the detail");
      expect(screen.queryByText("Nothing has been done or tried yet.")).toBeNull();
      fails = null;
      rows = [auditRow(1)];
      await userEvent.click(within(alert).getByRole("button", { name: "Try again" }));
      await screen.findByText("1 row");
    },
    15_000,
  );
});
