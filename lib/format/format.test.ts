import { describe, expect, it } from "vitest";
import en from "../../messages/en.json";
import ru from "../../messages/ru.json";
import { formatBytes } from "./bytes";
import { formatAge, formatDuration, formatInterval, formatLatency, formatRoughAge } from "./duration";
import { formatLagBytes, formatLagSeconds } from "./lag";
import { pickLocale } from "./locale";
import { createT } from "./message";
import { shortNames } from "./names";
import { formatDateTime } from "./time";
import { formatPgVersion } from "./version";

const tEn = createT("en", en);
const tRu = createT("ru", ru);
/** Figures and units are joined by spaces that do not break; tests read better with plain ones. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");
const S = 1_000;
const MIN = 60 * S;
const H = 60 * MIN;

describe("what is not known", () => {
  it.each([null, undefined, Number.NaN])("%s is said as unknown, never as 0", (nothing) => {
    for (const t of [tEn, tRu]) {
      const unknown = t("format.unknown");
      expect(formatBytes(t, nothing)).toBe(unknown);
      expect(formatDuration(t, nothing)).toBe(unknown);
      expect(formatAge(t, nothing)).toBe(unknown);
      expect(formatRoughAge(t, nothing)).toBe(unknown);
      expect(formatLatency(t, nothing)).toBe(unknown);
    }
  });
  it("unknown lag is not a lag of 0", () => {
    expect(formatLagBytes(tEn, null)).toBe("unknown");
    expect(formatLagSeconds(tRu, null)).toBe("неизвестно");
    expect(plain(formatLagBytes(tEn, 0))).toBe("0 B");
    expect(plain(formatLagSeconds(tEn, 0))).toBe("0.0 s");
  });
});

describe("figures", () => {
  it.each([
    [0, "0 B", "0 Б"],
    [1023, "1,023 B", "1 023 Б"],
    [1024, "1 kB", "1 кБ"],
    [1536, "1.5 kB", "1,5 кБ"],
    [16 * 1024 * 1024, "16 MB", "16 МБ"],
    [3.2 * 1024 ** 3, "3.2 GB", "3,2 ГБ"],
    [2 ** 53, "8 PB", "8 ПБ"],
  ])("%d bytes", (bytes, english, russian) => {
    expect(plain(formatBytes(tEn, bytes))).toBe(english);
    expect(plain(formatBytes(tRu, bytes))).toBe(russian);
  });

  it.each([
    [400, "0.4 s", "0,4 с"],
    [12 * S, "12 s", "12 с"],
    [12 * MIN + 5 * S, "12 min 5 s", "12 мин 5 с"],
    [4 * H, "4 h", "4 ч"],
    [4 * H + 12 * MIN, "4 h 12 min", "4 ч 12 мин"],
    [76 * H, "3 d 4 h", "3 д 4 ч"],
    [-5, "0.0 s", "0,0 с"],
  ])("%d ms as a duration", (ms, english, russian) => {
    expect(plain(formatDuration(tEn, ms))).toBe(english);
    expect(plain(formatDuration(tRu, ms))).toBe(russian);
  });

  it("an age is whole seconds, so that it does not flicker", () => {
    expect(plain(formatAge(tEn, 999))).toBe("0 s");
    expect(plain(formatAge(tEn, 1_999))).toBe("1 s");
  });

  it.each([
    [400, "0 s"],
    [59 * S + 999, "59 s"],
    [12 * MIN + 59 * S, "12 min"],
    [19 * H + 58 * MIN, "19 h"],
    [76 * H, "3 d"],
  ])("%d ms as a rough age is its greatest unit, never rounded up", (ms, english) => {
    expect(plain(formatRoughAge(tEn, ms))).toBe(english);
  });

  it("latencies and intervals keep their own units", () => {
    expect(plain(formatLatency(tEn, 3.4))).toBe("3 ms");
    expect(plain(formatLatency(tEn, 1_500))).toBe("1.5 s");
    expect(plain(formatInterval(tEn, 500))).toBe("0.5 s");
    expect(plain(formatInterval(tRu, 300_000))).toBe("5 мин");
  });

  it.each([
    [170002, "17.2"],
    ["140011", "14.11"],
    [90624, "9.6.24"],
    ["17.2", "17.2"],
    [null, null],
    ["", null],
  ])("PostgreSQL version %s", (version, text) => {
    expect(formatPgVersion(version)).toBe(text);
  });

  it("a moment is told in the reader's zone with 24 hours; nonsense is null", () => {
    expect(formatDateTime("en", "2026-11-21T00:05:09Z", "Europe/Moscow")).toBe("21 Nov 2026, 03:05:09");
    expect(formatDateTime("ru", "not a time", "UTC")).toBeNull();
  });
});

describe("language", () => {
  it.each([
    ["ru", "en", "ru"],
    [undefined, "ru-RU,ru;q=0.9,en;q=0.8", "ru"],
    [undefined, "de, en;q=0.5, ru;q=0.7", "ru"],
    [undefined, "en-GB,ru;q=0", "en"],
    [undefined, "de", "en"],
    [undefined, null, "en"],
    ["xx", "ru", "ru"],
  ])("choice %s and browser %s give %s", (chosen, header, locale) => {
    expect(pickLocale(chosen, header)).toBe(locale);
  });

  it("a missing text shows its key and is reported", () => {
    const problems: string[] = [];
    const t = createT("en", {}, (problem) => problems.push(problem));
    expect(t("no.such")).toBe("no.such");
    expect(problems).toHaveLength(1);
  });
});

describe("short names", () => {
  it("leave out what all share, and keep what tells them apart", () => {
    const short = shortNames(["pg-erp-moscow-rack07-01", "pg-erp-moscow-rack07-02", "pg-erp-kazan-rack01-01"]);
    expect([...short.values()]).toEqual(["…moscow-rack07-01", "…moscow-rack07-02", "…kazan-rack01-01"]);
  });
  it.each([
    [["node1", "node2"]],
    [["a-very-long-name-standing-alone"]],
    [["alpha-alpha-alpha-1", "beta-beta-beta-beta"]],
  ])("leave %j as they are", (names) => {
    expect([...shortNames(names).values()]).toEqual(names);
  });
});
