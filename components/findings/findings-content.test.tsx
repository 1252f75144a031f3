import { cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { dialogsInJsdom, plainText, renderDesk } from "@/components/actions/testing/desk";
import { StaleScope } from "@/components/status/trust";
import { FakeEventSource } from "@/lib/client/testing/render-live";
import type { Finding } from "@/lib/domain/findings/finding";
import { FINDING_GROUPS, RUNBOOK_IDS, SEVERITIES, SUBJECT_KINDS } from "@/lib/domain/findings/finding";
import { instant } from "@/lib/domain/ids";
import { message } from "@/lib/domain/message";
import type { Snapshot } from "@/lib/domain/snapshot";
import { alertOf, boardOf, findingOf, silenceOf } from "@/lib/domain/testing/findings";
import { SAMPLE_NOW, sampleSnapshot } from "@/lib/domain/testing/samples";
import { FindingsContent } from "./findings-content";
import { FindingsPanel } from "./findings-panel";

vi.mock("next/navigation", () => import("@/lib/client/testing/address"));
vi.stubGlobal("EventSource", FakeEventSource);
dialogsInJsdom();
// Roles and names are looked up on a whole page, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 20_000 });
const problems: unknown[] = [];
beforeEach(() => {
  problems.length = 0;
  vi.spyOn(console, "error").mockImplementation((...args) => void problems.push(args));
  vi.useFakeTimers({ toFake: ["Date"], now: SAMPLE_NOW });
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify({ good: null }), { status: 200 }));
  window.history.replaceState(null, "", "/clusters/demo/findings");
  Element.prototype.scrollIntoView = () => undefined;
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const host = findingOf("host-silent:node1", {
  severity: "warn",
  subject: { kind: "host", name: "node1", member: null },
  text: message("finding.host-silent.text", { member: "node1", host: "10.0.0.1", count: 3 }),
  evidence: [{ text: message("finding.member-missing.text", { member: "node1" }), sourceId: "patroni:node1" }],
  runbook: "node-returns",
});
const key = findingOf("no-leader", { severity: "critical", group: "writing", under: host.id });
const note = findingOf("scheduled-near", { severity: "info", group: "operations" });

const picture = (findings: readonly Finding[], over: Partial<Snapshot> = {}): Snapshot => ({
  ...sampleSnapshot("healthy"),
  findings,
  ...over,
});
const show = (snapshot: Snapshot, options: Parameters<typeof renderDesk>[1] = {}) =>
  renderDesk(snapshot, { children: <FindingsContent snapshot={snapshot} />, ...options });
const ids = (container: Element) =>
  [...container.querySelectorAll("[data-finding]")]
    .filter((one) => one.closest("[hidden]") === null)
    .map((one) => one.getAttribute("data-finding"));
const opener = (container: HTMLElement, id: string) => {
  const item = [...container.querySelectorAll<HTMLElement>("[data-finding]")].find((one) => one.dataset.finding === id);
  const [button] = item ? within(item).getAllByRole("button") : [];
  if (!button) throw new Error(`${id} is not on the page`);
  return button;
};

describe("the page of findings", () => {
  it.each(["en", "ru"] as const)("has a word for every severity, group, subject and runbook, in %s", async (locale) => {
    const all = RUNBOOK_IDS.map((runbook, at) =>
      findingOf(`rule-${runbook}`, {
        runbook,
        subject: { kind: SUBJECT_KINDS[at % SUBJECT_KINDS.length] ?? "cluster", name: "x", member: null },
        severity: SEVERITIES[at % SEVERITIES.length] ?? "warn",
        group: FINDING_GROUPS[at % FINDING_GROUPS.length] ?? "server",
      }),
    );
    const { container } = await show(picture(all), { locale });
    await userEvent.click(screen.getByText(locale === "en" ? "Open all" : "Развернуть все"));
    expect(container.querySelectorAll("[data-runbook]")).toHaveLength(RUNBOOK_IDS.length);
    expect(problems).toEqual([]);
    expect(container.textContent).not.toMatch(/\b(findings|severity|nextFailurePage|alertsPage)\.[a-z]/i);
  });

  it("stands without the words that a rule has not got", async () => {
    const { container } = await show(
      picture([findingOf("rule-of-tomorrow", { text: message("finding.rule-of-tomorrow.text") })]),
    );
    expect(container.textContent).toContain("rule-of-tomorrow");
    expect(problems).toEqual([]);
  });

  it("folds what follows beneath its cause, counted and with the worst of it in sight, and opens to it", async () => {
    const { container } = await show(picture([key, host, note]));
    expect(ids(container)).toEqual([host.id, note.id]);
    const folded = container.querySelector("[data-follows]");
    expect(folded?.getAttribute("data-follows")).toBe("1");
    expect(folded?.querySelector('[data-level="crit"]')).not.toBeNull();
    await userEvent.click(opener(container, host.id));
    expect(ids(container)).toEqual([host.id, key.id, note.id]);
  });

  it("tells what it rests on with its age, and leads to the raw answer", async () => {
    const { container } = await show(picture([host]));
    await userEvent.click(opener(container, host.id));
    const evidence = container.querySelector('[data-evidence="patroni:node1"]');
    expect(evidence?.querySelector("time")).not.toBeNull();
    await userEvent.click(within(evidence as HTMLElement).getByRole("button"));
    expect(screen.getByRole("dialog").textContent).toContain("node1");
  });

  it("says of evidence whose source is not in the picture that it was never seen, not that it is fresh", async () => {
    const lost = { ...host, evidence: [{ text: host.text, sourceId: "patroni:gone" }] };
    const { container } = await show(picture([lost]));
    await userEvent.click(opener(container, host.id));
    expect(container.querySelector('[data-evidence="patroni:gone"]')?.textContent).toMatch(/never.*stale/);
  });

  it("narrows by severity and group, keeps it in the address, and says when nothing matches", async () => {
    const { container } = await show(picture([host, key, note]));
    await userEvent.click(screen.getByRole("button", { name: /^Note/ }));
    expect(ids(container)).toEqual([note.id]);
    expect(window.location.search).toBe("?severity=info");
    await userEvent.click(screen.getByRole("button", { name: /^DCS/ }));
    expect(container.textContent).toContain("No finding matches.");
    await userEvent.click(screen.getByRole("button", { name: "Clear filters" }));
    expect(ids(container)).toEqual([host.id, note.id]);
  });

  it("opens the finding that a link led to, also one that follows from another", async () => {
    window.history.replaceState(null, "", `/clusters/demo/findings?finding=${key.id}`);
    const { container } = await show(picture([host, key]));
    expect(ids(container)).toEqual([host.id, key.id]);
  });

  it("takes forty findings and names of any length", async () => {
    const long = "pg-erp-production-moscow-dc1-rack07-01".repeat(3);
    const forty = Array.from({ length: 40 }, (_, at) =>
      findingOf(`rule-${at}:${long}`, { subject: { kind: "member", name: long, member: null } }),
    );
    expect(ids((await show(picture(forty))).container)).toHaveLength(40);
  });

  it("calls nothing well on a stale page", async () => {
    const none = picture([]);
    const { container } = await renderDesk(none, {
      children: (
        <StaleScope stale>
          <FindingsContent snapshot={none} />
        </StaleScope>
      ),
    });
    expect(container.textContent).toContain("Cannot tell");
    expect(container.textContent).not.toContain("Nothing deviates.");
  });

  it("shows who took a finding on and that it is kept quiet; a viewer is told why nothing can be done", async () => {
    const alert = alertOf(host, {
      acknowledged: { by: "boris", at: instant(SAMPLE_NOW), note: "on it" },
      silencedBy: "s1",
    });
    const attention = boardOf({ alerts: [alert], silences: [silenceOf("s1")] });
    const { container } = await show(picture([host], { attention }), { role: "viewer" });
    expect(container.textContent).toContain("Acknowledged by boris");
    expect(screen.getByTitle("anna: disk replacement").textContent).toBe("Kept quiet");
    await userEvent.click(opener(container, host.id));
    expect(screen.queryByRole("button", { name: "Acknowledge…" })).toBeNull();
    const silence = screen.getByRole("button", { name: "Silence…" });
    expect(silence.getAttribute("aria-disabled")).toBe("true");
    expect(container.textContent).toContain("Needs the role Operator");
  });
});

describe("the findings on the overview", () => {
  it("are those that stand by themselves, with the way to all and to the next failure", async () => {
    const snapshot = picture([key, host, note]);
    const { container } = await renderDesk(snapshot, {
      children: <FindingsPanel snapshot={snapshot} onSource={() => undefined} />,
    });
    expect(ids(container)).toEqual([host.id, note.id]);
    expect(screen.getByRole("link", { name: "All 2" }).getAttribute("href")).toContain("/findings");
    expect(plainText(container.querySelector("[data-next-failure]"))).toMatch(/would stop writes/);
  });
});
