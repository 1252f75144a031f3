import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FrozenClock } from "@/lib/client/frozen-clock";
import { FakeEventSource, renderLive } from "@/lib/client/testing/render-live";
import { instant } from "@/lib/domain/ids";
import type { Snapshot } from "@/lib/domain/snapshot";
import { pauseNote } from "@/lib/domain/testing/operations";
import { SAMPLE_NOW, sampleSnapshot } from "@/lib/domain/testing/samples";
import { ClusterActionMenu, MemberActionMenu } from "./action-menu";
import { PauseBadge } from "./pause-badge";
import { PauseBanner } from "./pause-banner";
import { dialogsInJsdom, fakeServer, plainText, renderDesk, serverFetch } from "./testing/desk";

vi.mock("next/navigation", () => import("@/lib/client/testing/address"));
vi.stubGlobal("EventSource", FakeEventSource);

const snapshot: Snapshot = { ...sampleSnapshot(), actions: { operations: [], pause: null } };
beforeEach(() => {
  dialogsInJsdom();
  vi.stubGlobal("fetch", serverFetch(fakeServer()));
  vi.useFakeTimers({ toFake: ["Date"], now: SAMPLE_NOW });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const items = () => [...document.querySelectorAll<HTMLElement>("[data-action]")];
const open = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const menus = (
  <>
    <ClusterActionMenu />
    <MemberActionMenu member="node1" />
    <MemberActionMenu member="node2" />
  </>
);

describe("the menus of actions", () => {
  it("offer an operator everything, of the cluster and of a member, and open the dialog", async () => {
    await renderDesk(snapshot, { children: menus });
    open("Actions");
    expect(items().map((item) => item.dataset.action)).toEqual([
      "switchover",
      "failover",
      "pause",
      "restart",
      "restart",
      "reload",
    ]);
    fireEvent.click(items()[0] as Element);
    expect(document.querySelector("dialog")).not.toBeNull();
    expect(items()).toEqual([]);
  });

  it("show a viewer all of it, out of order, with the reason as its description, and open nothing", async () => {
    await renderDesk(snapshot, { children: menus, role: "viewer" });
    open("Actions on node2");
    expect(items().length).toBeGreaterThan(3);
    for (const item of items()) {
      expect(item.getAttribute("aria-disabled")).toBe("true");
      const why = document.getElementById(item.getAttribute("aria-describedby") ?? "");
      expect(why?.textContent).toBe("Needs the role operator");
      fireEvent.click(item);
    }
    expect(document.querySelector("dialog")).toBeNull();
    expect(items().length).toBeGreaterThan(3);
  });

  it("say of each action that makes no sense now why it does not", async () => {
    await renderDesk(snapshot, { children: menus });
    open("Actions on node1");
    const reinit = items().find((item) => item.dataset.action === "reinitialize");
    expect(reinit?.textContent).toContain("node1 is the leader");
    expect(items().map((item) => item.dataset.action)).not.toContain("switchover");
  });

  it("refuse where the picture lacks what acting needs", async () => {
    await renderDesk({ ...snapshot, actions: null }, { children: menus });
    open("Actions");
    expect(items().every((item) => item.getAttribute("aria-disabled") === "true")).toBe(true);
  });

  it("are not there on a picture of the past, nor without a reader", async () => {
    await renderDesk(snapshot, { children: <FrozenClock at={SAMPLE_NOW}>{menus}</FrozenClock> });
    expect(screen.queryAllByRole("button")).toEqual([]);
    cleanup();
    renderLive(menus);
    expect(screen.queryAllByRole("button")).toEqual([]);
  });
});

describe("a pause", () => {
  const paused = (note: ReturnType<typeof pauseNote> | null): Snapshot => ({
    ...snapshot,
    paused: true,
    actions: { operations: [], pause: note },
  });
  const at = (ms: number) => instant(SAMPLE_NOW + ms);
  it.each([
    ["counts down", pauseNote({ until: at(754_000) }), "12 min 34 s left", "left"],
    [
      "says that it ends by itself",
      pauseNote({ until: at(60_000), resumeAtEnd: true }),
      "resumes by itself in 1 min",
      "resumes",
    ],
    ["nags after its end", pauseNote({ until: at(-720_000) }), "should have been resumed 12 min ago", "over"],
    [
      "nags when it did not end by itself",
      pauseNote({ until: at(-90_000), resumeAtEnd: true }),
      "1 min 30 s ago",
      "over",
    ],
    ["has no end where none was given", pauseNote({ until: null }), "without an end", "open"],
    ["is somebody else's where we know of none", null, "neither owner nor reason is known", "elsewhere"],
  ])("%s", async (_, note, words, kind) => {
    await renderDesk(paused(note), { children: <PauseBanner snapshot={paused(note)} /> });
    expect(document.querySelector("[data-pause]")?.getAttribute("data-pause")).toBe(kind);
    expect(plainText(document.querySelector("[data-pause]"))).toContain(words);
    if (note) expect(plainText(document.querySelector("[data-pause]"))).toContain(note.owner);
  });

  it("shows nothing where the cluster is not paused, nor where that is not known", () => {
    for (const known of [false, null]) {
      const { container } = renderLive(<PauseBadge paused={known} note={pauseNote()} />);
      expect(container.textContent).toBe("");
      cleanup();
    }
  });
});
