import { cleanup, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { StaleScope } from "@/components/status/trust";
import { FakeEventSource, renderLive } from "@/lib/client/testing/render-live";
import { viewClientEye } from "@/lib/domain/client-eye/view";
import type { ClusterState } from "@/lib/domain/cluster-state";
import { healthyState, NOW } from "@/lib/domain/testing/builders";
import { eyeSees, finds } from "@/lib/domain/testing/client-eye";
import type { Locale } from "@/lib/format/locale";
import { ClientEyeCard } from "./client-eye-card";

vi.stubGlobal("EventSource", FakeEventSource);
afterEach(cleanup);

const well = healthyState({ clientEye: true });
const lasting = eyeSees(well, "reset", 5, NOW + 2_000);
const over = eyeSees(lasting, finds(1), 2, NOW + 4_100);

function show(state: ClusterState, options: { stale?: boolean; locale?: Locale; now?: number } = {}) {
  const eye = viewClientEye(state, options.now ?? NOW + 4_200);
  return renderLive(
    <StaleScope stale={options.stale === true}>
      <ClientEyeCard eye={eye} />
    </StaleScope>,
    options.locale,
  );
}
/** Figures and their units are held together by spaces that do not break. */
const plain = (words: string | null | undefined) => (words ?? "").replace(/\s/g, " ");
const text = (container: HTMLElement) => plain(container.textContent);

describe("the client's eye on the page", () => {
  it("says that writes work, on whom, how fast, and that there was no gap", () => {
    const { container } = show(well, { now: NOW + 10 });
    expect(text(container)).toContain("Writes work through the VIP");
    expect(text(container)).toContain("node1");
    expect(text(container)).toContain("3 ms");
    expect(text(container)).toContain("every 250 ms");
    expect(text(container)).toContain("none since the start");
  });

  it("is not there where it is not configured", () => {
    expect(text(show(healthyState()).container)).toBe("");
  });

  it("tells a gap that lasts with its attempts, and how they failed", () => {
    const { container } = show(lasting, { now: NOW + 2_100 });
    expect(container.querySelector('[data-gap="lasting"]')?.textContent).toMatch(/No write for .*5 attempts in vain/);
    expect(text(container)).toContain("connection reset");
    expect(screen.queryByText("Writes work through the VIP")).toBeNull();
  });

  it("tells the last gap with its length and time, and who takes writes now", () => {
    const { container } = show(over);
    expect(container.querySelector('[data-gap="last"]')?.getAttribute("data-length-ms")).toBe("3851");
    expect(plain(container.querySelector('[data-gap="last"]')?.textContent)).toContain("3.85 s");
    expect(text(container)).toContain("node2");
  });

  it.each([
    ["a refused login", eyeSees(well, "unauthorized"), NOW + 10, {}],
    ["an eye that has not looked lately", well, NOW + 60_000, {}],
    ["a page that hears nothing", well, NOW + 10, { stale: true }],
  ] as const)("does not look well with %s", (_name, state, now, options) => {
    const { container } = show(state, { now, ...options });
    const marks = [...container.querySelectorAll("[data-status-mark], svg")];
    expect(marks.length).toBeGreaterThan(0);
    expect(container.querySelector(".text-blind")).not.toBeNull();
  });

  it("speaks Russian", () => {
    expect(text(show(over, { locale: "ru" }).container)).toContain("Запись через VIP работает");
  });
});
