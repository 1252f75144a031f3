import { describe, expect, it } from "vitest";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";
import { createT } from "./message";
import { type FigureUnit, formatFigure, valueAxis } from "./units";
import { fromLocalInput, timeTicks, toLocalInput, zoneOffset } from "./units-time";

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ");
const MB = 1024 ** 2;

describe("a figure in the unit that fits", () => {
  it.each<[FigureUnit, number | null, string, string]>([
    ["bytes", 0, "0 B", "0 Б"],
    ["bytes", 12 * MB, "12 MB", "12 МБ"],
    ["bytes-per-second", 1.5 * MB, "1.5 MB/s", "1,5 МБ/с"],
    ["seconds", 0.042, "42 ms", "42 мс"],
    ["seconds", 3.25, "3.3 s", "3,3 с"],
    ["seconds", 95, "1 min 35 s", "1 мин 35 с"],
    ["ms", 0.4, "0.4 ms", "0,4 мс"],
    ["ms", 2_500, "2.5 s", "2,5 с"],
    ["per-second", 18.4, "18.4/s", "18,4/с"],
    ["ratio", 0.9987, "99.87%", "99,87 %"],
    ["ratio", 1, "100%", "100 %"],
    ["count", 7, "7", "7"],
    ["count", null, "unknown", "неизвестно"],
  ])("%s %s", (unit, value, english, russian) => {
    expect(plain(formatFigure(createT("en", en), unit, value))).toBe(english);
    expect(plain(formatFigure(createT("ru", ru), unit, value))).toBe(russian);
  });
});

describe("a value axis", () => {
  it.each<[string, FigureUnit, number | null, number]>([
    ["does not blow up the noise of an idle cluster", "bytes", 300, MB],
    ["spans something when there is nothing", "seconds", null, 1],
    ["holds a spike", "bytes", 37 * MB, 48 * MB],
    ["counts in whole things", "count", 3, 4],
    ["of a share always ends at all", "ratio", 0.2, 1],
    ["of minutes ends at whole ones", "seconds", 130, 180],
  ])("%s", (_what, unit, highest, top) => {
    const axis = valueAxis(unit, highest);
    expect(axis.top).toBe(top);
    expect(axis.ticks[0]).toBe(0);
    expect(axis.ticks.at(-1)).toBe(top);
  });
});

describe("a time axis", () => {
  const at = (text: string) => Date.parse(text);

  it("has its lines at round times of the reader's zone", () => {
    const ticks = timeTicks("en", at("2026-11-21T06:07:00Z"), at("2026-11-21T09:07:00Z"), "Asia/Kolkata", 6);
    expect(ticks.map(({ label }) => label)).toEqual(["12:00", "12:30", "13:00", "13:30", "14:00", "14:30"]);
    expect(ticks[0]?.at).toBe(at("2026-11-21T06:30:00Z"));
  });

  it("names the day at midnight, in the reader's language", () => {
    const ticks = timeTicks("ru", at("2026-11-20T20:30:00Z"), at("2026-11-20T22:30:00Z"), "Europe/Moscow", 4);
    expect(ticks.map(({ label }) => label)).toContain("21 нояб.");
  });

  it("stays at midnight when the clocks change", () => {
    const ticks = timeTicks("en", at("2026-10-23T12:00:00Z"), at("2026-10-28T12:00:00Z"), "Europe/Berlin", 8);
    expect(ticks.map((tick) => new Date(tick.at).toISOString().slice(5, 13))).toEqual([
      "10-23T22",
      "10-24T22",
      "10-25T23",
      "10-26T23",
      "10-27T23",
    ]);
  });

  it("counts a year in months, and never has more lines than asked for", () => {
    const ticks = timeTicks("en", at("2025-11-21T00:00:00Z"), at("2026-11-21T00:00:00Z"), "UTC", 8);
    expect(ticks[0]?.label).toBe("Jan 26");
    expect(ticks.length).toBeLessThanOrEqual(8);
    for (const tick of ticks) expect(new Date(tick.at).getUTCDate()).toBe(1);
  });

  it("has none for a stretch without length", () => {
    expect(timeTicks("en", 5, 5, "UTC", 8)).toEqual([]);
  });

  it("takes a typed time as the reader's wall clock, and gives it back the same", () => {
    const moment = fromLocalInput("2026-11-21T03:12:45", "Europe/Moscow");
    expect(moment).toBe(at("2026-11-21T00:12:45Z"));
    expect(toLocalInput(moment ?? 0, "Europe/Moscow")).toBe("2026-11-21T03:12:45");
    expect(fromLocalInput("2026-11-21T03:12", "UTC")).toBe(at("2026-11-21T03:12:00Z"));
    expect(fromLocalInput("soon", "UTC")).toBeNull();
    expect(zoneOffset(at("2026-07-01T00:00:00Z"), "Europe/Berlin")).toBe(2 * 3_600_000);
  });
});
