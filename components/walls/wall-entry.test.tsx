import { act, cleanup } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { json, problem } from "@/components/actions/testing/desk";
import { renderLive } from "@/lib/client/testing/render-live";
import { tokenIn, withoutToken } from "@/lib/client/wall-entry";
import { WallEntry } from "./wall-entry";

let sent: unknown[];
let answers: (() => Response | Promise<Response>)[];
const replaced = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  [sent, answers] = [[], []];
  replaced.mockReset();
  vi.stubGlobal("fetch", async (url: string, init?: RequestInit) => {
    if (url !== "/api/walls/enter") return json({}, 503);
    sent.push(JSON.parse(String(init?.body)));
    return (answers.shift() ?? (() => problem("not-started", 503)))();
  });
  window.history.replaceState(null, "", "/wall?night=22:00-07:00&token=mtw_secret");
  vi.stubGlobal("location", { href: window.location.href, replace: replaced });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const show = async (locale: "en" | "ru" = "en") => {
  const { container } = renderLive(<WallEntry />, locale);
  await act(() => vi.advanceTimersByTimeAsync(10));
  return { container, entry: () => container.querySelector("[data-entry]")?.getAttribute("data-entry") };
};

describe("a wall's link", () => {
  it("is exchanged, and the page goes on without the token and with all else of its address", async () => {
    answers = [() => json({ title: "duty room" })];
    await show();
    expect(sent).toEqual([{ token: "mtw_secret" }]);
    expect(replaced).toHaveBeenCalledWith("/wall?night=22%3A00-07%3A00");
  });

  it("is tried until the server has decided", async () => {
    answers = [() => problem("store-failed", 503), () => Promise.reject(new Error("away"))];
    answers.push(() => json({ title: "duty room" }));
    const { entry } = await show();
    expect(entry()).toBe("again");
    await act(() => vi.advanceTimersByTimeAsync(7_000));
    expect(sent).toHaveLength(3);
    expect(replaced).toHaveBeenCalledTimes(1);
  });

  it.each([
    ["link-used", 409, "used"],
    ["link-over", 410, "over"],
    ["not-found", 404, "unknown"],
  ])("refused as %s, it says so and is tried no more", async (code, status, shown) => {
    answers = [() => problem(code, status)];
    for (const locale of ["en", "ru"] as const) {
      answers = [() => problem(code, status)];
      const { container, entry } = await show(locale);
      expect(entry()).toBe(shown);
      expect(container.textContent).not.toContain("walls.");
      expect(container.textContent).not.toContain("mtw_");
      cleanup();
    }
    const tried = sent.length;
    await act(() => vi.advanceTimersByTimeAsync(60_000));
    expect(sent).toHaveLength(tried);
    expect(replaced).not.toHaveBeenCalled();
  });

  it("is read from the address and taken out of it, whatever else stands there", () => {
    expect(tokenIn("http://x/wall/demo?per=6&token=a%2Bb")).toBe("a+b");
    expect(tokenIn("http://x/wall")).toBeNull();
    expect(withoutToken("http://x/wall/demo?token=a&per=6")).toBe("/wall/demo?per=6");
  });
});
