import { cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { dialogsInJsdom, json, problem, renderDesk } from "@/components/actions/testing/desk";
import { FakeEventSource } from "@/lib/client/testing/render-live";
import { instant } from "@/lib/domain/ids";
import { SAMPLE_NOW, sampleSnapshot } from "@/lib/domain/testing/samples";
import type { Wall } from "@/lib/domain/wall";
import { WallsPage } from "./walls-page";

vi.mock("next/navigation", () => import("@/lib/client/testing/address"));
vi.stubGlobal("EventSource", FakeEventSource);
dialogsInJsdom();
// Roles and names are looked up on a whole page, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 20_000 });

const healthy = sampleSnapshot("healthy");
const at = (ms: number) => instant(SAMPLE_NOW + ms);
const LINK = "http://dba.example.com/wall?token=mtw_abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const wallOf = (over: Partial<Wall>): Wall => ({
  id: "w1",
  title: "duty room",
  scopes: null,
  createdAt: at(-3_600_000),
  createdBy: "anna",
  linkUntil: at(3_600_000),
  boundAt: null,
  boundFrom: null,
  seenAt: null,
  revoked: null,
  ...over,
});
const bound = { boundAt: at(-60_000), boundFrom: "10.0.0.50", seenAt: at(-5_000), linkUntil: null };

let walls: readonly Wall[];
let posted: { url: string; body: unknown }[];
let answer: () => Response;
const problems: unknown[] = [];
beforeEach(() => {
  [walls, posted] = [[], []];
  problems.length = 0;
  answer = () => json({ wall: wallOf({}), link: LINK }, 201);
  vi.spyOn(console, "error").mockImplementation((...args) => void problems.push(args));
  vi.useFakeTimers({ toFake: ["Date"], now: SAMPLE_NOW });
  vi.stubGlobal("fetch", async (url: string, init?: RequestInit) => {
    if (init?.method !== "POST") return json({ walls });
    posted.push({ url, body: JSON.parse(String(init.body)) });
    return answer();
  });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const show = (locale: "en" | "ru" = "en") => renderDesk(healthy, { role: "admin", locale, children: <WallsPage /> });

describe("the page of walls", () => {
  it.each(["en", "ru"] as const)("has a word for every state of a wall, in %s", async (locale) => {
    walls = [
      wallOf({ id: "a" }),
      wallOf({ id: "b", linkUntil: at(-1) }),
      wallOf({ id: "c", ...bound }),
      wallOf({ id: "d", ...bound, linkUntil: at(3_600_000) }),
      wallOf({ id: "e", ...bound, revoked: { at: at(-1_000), by: "boris" } }),
    ];
    const { container } = await show(locale);
    await vi.waitFor(() => expect(container.querySelectorAll("[data-wall]")).toHaveLength(5));
    const states = [...container.querySelectorAll("[data-wall]")].map((one) => one.getAttribute("data-state"));
    expect(states).toEqual(["waiting", "expired", "bound", "bound", "revoked"]);
    expect(container.textContent).not.toMatch(/walls\.|alertsPage\./);
    expect(problems).toEqual([]);
  });

  it("shows a new link once, with a code to photograph, and forgets it when closed", async () => {
    const { container } = await show();
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "New wall" }));
    const drawer = await screen.findByRole("dialog");
    await user.type(within(drawer).getByLabelText("Where it hangs"), "duty room");
    await user.click(within(drawer).getByRole("button", { name: "Make the wall and its link" }));
    expect(await screen.findByText(LINK)).toBeTruthy();
    expect(posted).toEqual([{ url: "/api/v1/walls", body: { title: "duty room", scopes: null } }]);
    expect(screen.getByRole("img", { name: "QR code of the link" })).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Close" }));
    expect(container.innerHTML).not.toContain("mtw_");
  });

  it("asks for a name and, where not all are meant, for clusters, before anything is sent", async () => {
    await show();
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "New wall" }));
    const send = screen.getByRole("button", { name: "Make the wall and its link" });
    await user.click(send);
    await user.type(screen.getByLabelText("Where it hangs"), "hall");
    await user.click(screen.getByLabelText("only these clusters"));
    await user.click(send);
    expect(posted).toEqual([]);
    await user.click(screen.getByLabelText(healthy.title));
    await user.click(send);
    await vi.waitFor(() => expect(posted[0]?.body).toEqual({ title: "hall", scopes: [healthy.scope] }));
  });

  it("revokes only after a second word, and says when it was not done", async () => {
    walls = [wallOf(bound)];
    answer = () => problem("store-failed", 503);
    await show();
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "Revoke duty room" }));
    expect(posted).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Revoke duty room for good" }));
    expect(posted.map(({ url }) => url)).toEqual(["/api/v1/walls/w1/revoke"]);
    expect((await screen.findByRole("alert")).textContent).toContain("Not done");
  });

  it("offers nothing to do with a wall that was revoked", async () => {
    walls = [wallOf({ ...bound, revoked: { at: at(-1_000), by: "boris" } })];
    await show();
    expect((await screen.findByText("duty room")).closest("li")?.querySelectorAll("button")).toHaveLength(0);
  });
});
