import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { I18nProvider } from "@/lib/client/i18n";
import { LiveProvider } from "@/lib/client/live-provider";
import { FakeEventSource } from "@/lib/client/testing/render-live";
import { SAMPLE_NOW, sampleSnapshot } from "@/lib/domain/testing/samples";
import en from "@/messages/en.json";
import { CommandPalette } from "./command-palette";

vi.mock("next/navigation", () => import("@/lib/client/testing/address"));
vi.stubGlobal("EventSource", FakeEventSource);
vi.stubGlobal("fetch", () => new Promise(() => undefined));
vi.stubGlobal(
  "ResizeObserver",
  class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
);
Element.prototype.scrollIntoView = () => undefined;

const opened: unknown[][] = [];
beforeEach(() => {
  opened.length = 0;
  vi.spyOn(window, "open").mockImplementation((...args) => {
    opened.push(args);
    return null;
  });
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const snapshot = sampleSnapshot();
async function show(role: "viewer" | "admin" = "viewer") {
  const clusters = [{ scope: snapshot.scope, title: snapshot.title, environment: null }];
  const seed = { boot: "test", now: new Date(SAMPLE_NOW).toISOString(), snapshots: [snapshot] };
  await act(async () => {
    render(
      <I18nProvider locale="en" catalogue={en}>
        <LiveProvider clusters={clusters} seed={seed}>
          <CommandPalette role={role} open onOpenChange={() => undefined} />
        </LiveProvider>
      </I18nProvider>,
    );
  });
}
const entry = (value: string) => document.querySelector(`[cmdk-item][data-value="${value}"]`);

describe("the command palette", () => {
  it.each([
    ["wall", "/wall"],
    [`wall ${snapshot.scope}`, `/wall/${snapshot.scope}`],
  ])("has the entry %s for everybody, which opens %s beside the console", async (value, path) => {
    await show();
    const found = entry(value);
    if (!found) throw new Error(`no entry ${value}`);
    fireEvent.click(found);
    expect(opened).toEqual([[path, "_blank", "noopener"]]);
  });

  it("leads to the page of walls for an admin alone", async () => {
    await show("admin");
    expect(entry("walls")).not.toBeNull();
    cleanup();
    await show("viewer");
    expect(entry("walls")).toBeNull();
    expect(screen.getByRole("dialog")).toBeDefined();
  });
});
