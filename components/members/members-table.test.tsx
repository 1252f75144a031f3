import { cleanup, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { StaleScope } from "@/components/status/trust";
import { FakeEventSource, renderLive } from "@/lib/client/testing/render-live";
import type { MemberView } from "@/lib/domain/snapshot";
import { sampleSnapshot } from "@/lib/domain/testing/samples";
import type { Locale } from "@/lib/format/locale";
import { MembersTable } from "./members-table";

vi.stubGlobal("EventSource", FakeEventSource);
afterEach(cleanup);

function show(members: readonly MemberView[], options: { stale?: boolean; locale?: Locale } = {}) {
  return renderLive(
    <StaleScope stale={options.stale === true}>
      <MembersTable members={members} />
    </StaleScope>,
    options.locale,
  );
}

const healthy = () => sampleSnapshot("healthy").members;
const rowOf = (name: string) => {
  const row = screen.getAllByRole("row").find((entry) => entry.getAttribute("data-member") === name);
  if (!row) throw new Error(`no row of ${name}`);
  return row;
};

describe("the members table", () => {
  it("names each member's role, state, timeline and lag", () => {
    show(healthy());
    const leader = within(rowOf("node1"));
    expect(leader.getByText("Leader")).toBeTruthy();
    expect(leader.getByText("7")).toBeTruthy();
    expect(within(rowOf("node2")).getByText("streaming")).toBeTruthy();
  });

  it.each(["en", "ru"] as const)("says unknown lag in words and never as 0 (%s)", (locale) => {
    const members = healthy().map((member) => ({
      ...member,
      role: "replica" as const,
      lag: {
        receiveBytes: null,
        replayBytes: null,
        replaySeconds: null,
        basis: "none",
        at: null,
        trust: "unknown",
      } as const,
    }));
    show(members, { locale });
    for (const { name } of members) {
      const cells = within(rowOf(name)).getAllByRole("cell");
      for (const cell of [cells[3], cells[4]]) {
        expect(cell?.textContent).toContain(locale === "en" ? "unknown" : "неизвестно");
        expect(cell?.textContent).not.toMatch(/\d/);
      }
    }
  });

  it("does not show a figure that nobody vouches for, even when one is carried along", () => {
    const members = healthy().map((member) => ({
      ...member,
      role: "replica" as const,
      lag: { ...member.lag, trust: "unknown" as const },
    }));
    show(members);
    const cells = within(rowOf("node2")).getAllByRole("cell");
    expect(cells[3]?.textContent).not.toMatch(/\d/);
  });

  it("marks every row when the page is stale", () => {
    show(healthy(), { stale: true });
    for (const { name } of healthy()) {
      expect(rowOf(name).getAttribute("data-trust")).toBe("stale");
      expect(within(rowOf(name)).getAllByText("stale").length).toBeGreaterThan(0);
    }
  });

  it("shows nothing as well when blind", () => {
    const { container } = show(sampleSnapshot("blind").members);
    expect(container.querySelector('[data-trust="fresh"]')).toBeNull();
    expect(container.querySelector('[data-level="ok"]')).toBeNull();
  });

  it("points out a member that accepts writes and does not lead", () => {
    show(sampleSnapshot("split").members);
    expect(within(rowOf("node2")).getByText("accepts writes")).toBeTruthy();
  });

  it("says which setting a pending restart waits for", () => {
    const [first, ...rest] = healthy();
    if (!first) throw new Error("the sample has no member");
    const reasons = [{ setting: "max_connections", oldValue: "100", newValue: "200" }];
    show([{ ...first, pendingRestart: true, pendingRestartReasons: reasons }, ...rest]);
    expect(within(rowOf(first.name)).getByText("Pending restart")).toBeTruthy();
    expect(within(rowOf(first.name)).getByText(/max_connections: 100 → 200/)).toBeTruthy();
  });

  it("is a table at every width, with a row for each of seven members with long names", () => {
    show(sampleSnapshot("seven-long-names").members);
    expect(within(screen.getByRole("table")).getAllByRole("row")).toHaveLength(8);
    expect(screen.getAllByRole("rowheader")).toHaveLength(7);
  });

  it("says so when there is no member", () => {
    show([]);
    expect(screen.getByText(/No member/)).toBeTruthy();
  });
});
