import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { StaleScope } from "@/components/status/trust";
import { FakeEventSource, renderLive } from "@/lib/client/testing/render-live";
import { type SampleKind, sampleSnapshot } from "@/lib/domain/testing/samples";
import type { Locale } from "@/lib/format/locale";
import { VerdictBanner } from "./verdict-banner";

vi.stubGlobal("EventSource", FakeEventSource);
afterEach(cleanup);

function show(
  kind: SampleKind,
  options: { stale?: boolean; locale?: Locale; onSource?: (ids: readonly string[]) => void } = {},
) {
  const { writePath } = sampleSnapshot(kind);
  return renderLive(
    <StaleScope stale={options.stale === true}>
      <VerdictBanner writePath={writePath} onSource={options.onSource ?? (() => undefined)} />
    </StaleScope>,
    options.locale,
  );
}

const levels = (container: HTMLElement) =>
  [...container.querySelectorAll("[data-level]")].map((element) => element.getAttribute("data-level"));
const rows = (container: HTMLElement) =>
  [...container.querySelectorAll("[data-witness]")].map((row) => row.getAttribute("data-verdict"));

describe("the verdict's banner", () => {
  it("says who takes writes, how many agree and how old the evidence is", () => {
    show("healthy");
    expect(screen.getByRole("heading").textContent).toContain("node1");
    expect(screen.getByText(/witnesses agree/)).toBeTruthy();
    expect(screen.getByText("evidence from", { exact: false })).toBeTruthy();
  });

  it.each(["blind", "starting"] as const)("shows nothing as well when it is %s", (kind) => {
    const { container } = show(kind);
    expect(levels(container)).not.toContain("ok");
    expect(rows(container)).not.toContain("agree");
    expect(container.querySelector("section")?.getAttribute("data-level")).toBe("blind");
  });

  it("shows nothing as well when the page is stale, however healthy it was", () => {
    const { container } = show("healthy", { stale: true });
    expect(levels(container)).not.toContain("ok");
    expect(rows(container).every((verdict) => verdict === "silent" || verdict === "n/a")).toBe(true);
    expect(screen.getByText(/may be relied on/)).toBeTruthy();
    expect(screen.queryByText(/witnesses agree/)).toBeNull();
  });

  it("puts who disagrees first", () => {
    const { container } = show("misrouted");
    expect(rows(container)[0]).toBe("disagree");
  });

  it("draws a split brain as a split brain, with shape and word", () => {
    const { container } = show("split");
    expect(container.querySelector("section")?.getAttribute("data-level")).toBe("split");
    expect(screen.getByText("SPLIT BRAIN")).toBeTruthy();
    expect(screen.getByText(/^the witnesses are divided, \d to [1-9]$/)).toBeTruthy();
    expect(screen.queryByText(/witnesses agree/)).toBeNull();
  });

  it("leads from a witness to the answers behind it, by keyboard too", async () => {
    const onSource = vi.fn();
    show("healthy", { onSource });
    const [button] = screen.getAllByRole("button");
    button?.focus();
    await userEvent.keyboard("{Enter}");
    expect(onSource).toHaveBeenCalledTimes(1);
    expect(onSource.mock.calls[0]?.[0].length).toBeGreaterThan(0);
  });
});
