import { cleanup } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { FakeEventSource, renderLive } from "@/lib/client/testing/render-live";
import { instant } from "@/lib/domain/ids";
import type { StoreView } from "@/lib/domain/store";
import { StoreBanner } from "./store-banner";

vi.stubGlobal("EventSource", FakeEventSource);
afterEach(cleanup);

const SINCE = Date.UTC(2026, 10, 21, 3);
const WELL: StoreView = {
  kind: "sqlite",
  state: "ok",
  since: instant(SINCE),
  lastWriteAt: null,
  failure: null,
  waiting: 0,
  dropped: 0,
};
const FULL: StoreView = {
  ...WELL,
  state: "failing",
  failure: { kind: "full", text: "SQLITE_FULL: database or disk is full" },
  waiting: 21,
  dropped: 2,
};
const textOf = (store: StoreView | null, locale: "en" | "ru" = "en") =>
  renderLive(<StoreBanner store={store} />, locale).container.textContent ?? "";

describe("what a page says of the store", () => {
  test.each([
    ["a store that is well", WELL],
    ["no store at all", null],
  ])("nothing of %s", (_what, store) => {
    expect(textOf(store)).not.toContain("istory");
  });

  test("of a full one: that history is not written, since when, why, what waits and what is lost, and that the page is live", () => {
    const text = textOf(FULL);
    for (const words of [
      "not being written",
      "2026",
      "no room left",
      "SQLITE_FULL",
      "21 rows wait",
      "2 rows are lost",
    ]) {
      expect(text).toContain(words);
    }
    expect(text).toContain("The live picture is unharmed");
  });

  test("of a late one: only that, and not as a warning", () => {
    const { container } = renderLive(<StoreBanner store={{ ...WELL, state: "behind", waiting: 1 }} />);
    expect(container.querySelector("[data-store=behind]")?.textContent).toContain("1 row waits");
    expect(container.querySelector(".text-warn")).toBeNull();
  });

  test("in Russian as well, with its plurals", () => {
    const text = textOf(FULL, "ru");
    for (const words of ["История не записывается", "закончилось место", "ждёт 21 строка", "Потеряны 2 строки"]) {
      expect(text).toContain(words);
    }
  });
});
