import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createT } from "@/lib/format/message";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";
import { selector } from "../message";
import { SOURCE_KINDS } from "../observation";

const here = fileURLToPath(new URL(".", import.meta.url));
const domain = fileURLToPath(new URL("..", import.meta.url));
const sourcesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => readFileSync(`${folder}${file}`, "utf8"));
const keysOf = (folder: string, section: string) =>
  [
    ...new Set(sourcesOf(folder).flatMap((text) => text.match(new RegExp(`"${section}\\.[a-z0-9.-]+"`, "g")) ?? [])),
  ].map((quoted) => quoted.slice(1, -1));

/** Built from a part that varies. */
const MADE = [
  ...["started", "started-after", "started-crash"].map((key) => `event.dashboard.${key}`),
  ...["ok", "failing", "stuck", "off"].map((key) => `event.archiving.${key}`),
];
const keys = [...keysOf(here, "event"), ...keysOf(`${domain}incident/`, "incident"), ...MADE];

describe.each([
  ["en", en],
  ["ru", ru],
] as const)("texts of events and incidents in %s", (locale, catalogue) => {
  const t = createT(locale, catalogue);
  it("exist for every key of the domain", () => {
    expect(keys.length).toBeGreaterThan(40);
    expect(keys.filter((key) => !t.has(key))).toEqual([]);
  });

  it("name each kind of source by what was looked at, not by the host alone", () => {
    const lost = (source: string) => t("event.source.lost", { source, target: "there", failure: "timeout" });
    const told = SOURCE_KINDS.map((kind) => lost(selector(kind)));
    expect(new Set(told).size).toBe(SOURCE_KINDS.length);
    expect(told).not.toContain(lost("other"));
  });
});
