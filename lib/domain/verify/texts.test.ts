import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";

type Tree = { readonly [key: string]: string | Tree };

const here = fileURLToPath(new URL(".", import.meta.url));
const sources = readdirSync(here, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !file.includes("test"))
  .map((file) => readFileSync(`${here}${file}`, "utf8"))
  .join("\n");
const written = [...sources.matchAll(/["`]((?:verify|outcome)\.[a-z0-9.-]+)["`]/g)].map(([, key]) => key ?? "");

/** Keys that are put together of a part that varies. */
const MADE = [
  ...["taken", "demoted", "key", "writable", "timeline", "vip", "haproxy", "client", "member", "scheduled"],
  ...["copying", "running", "streaming"],
].map((id) => `verify.step.${id}`);
const OUTCOMES = [
  ...[
    "switched-over",
    "failed-over",
    "other-leader",
    "old-still-writable",
    "not-routed",
    "failed",
    "no-change",
    "dropped",
  ],
  ...["restart-failed", "restart-dropped", "paused", "resumed", "pgbouncer-paused", "pgbouncer-resumed"],
].map((code) => `outcome.${code}`);

const flatten = (tree: Tree, prefix: string): string[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [`${prefix}.${key}`] : flatten(value, `${prefix}.${key}`),
  );

describe.each([
  ["en", en],
  ["ru", ru],
] as const)("texts of steps and outcomes in %s", (_locale, catalogue) => {
  it("exist for each key of the code, and no other", () => {
    const { verify, outcome } = catalogue as unknown as { verify: Tree; outcome: Tree };
    const there = [...flatten(verify, "verify"), ...flatten(outcome, "outcome")];
    expect([...there].sort()).toEqual([...new Set([...written, ...MADE, ...OUTCOMES])].sort());
  });
});
