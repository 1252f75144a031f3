import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createTranslator } from "use-intl/core";
import { describe, expect, it } from "vitest";
import en from "@/messages/en.json";
import ru from "@/messages/ru.json";
import type { Message } from "./message";
import type { Snapshot } from "./snapshot";
import { buildSnapshot } from "./snapshot/build";
import { NOW } from "./testing/builders";
import { randomState, seeded } from "./testing/random";
import { bareText, SAMPLE_KINDS, sampleSnapshot } from "./testing/samples";

type Tree = { readonly [key: string]: string | Tree };

const here = fileURLToPath(new URL(".", import.meta.url));
const flatten = (tree: Tree, prefix: string): string[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [`${prefix}.${key}`] : flatten(value, `${prefix}.${key}`),
  );

const keysInCode = new Set(
  readdirSync(here, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .flatMap((file) => readFileSync(`${here}${file}`, "utf8").match(/"domain\.[a-z0-9.-]+"/g) ?? [])
    .map((quoted) => quoted.slice(1, -1)),
);

function textsOf(snapshot: Snapshot): Message[] {
  return [
    snapshot.writePath.message,
    ...snapshot.writePath.witnesses.map((w) => w.text),
    ...snapshot.members.flatMap((m) => m.witnesses.map((w) => w.text)),
    ...snapshot.findings.map((f) => f.text),
    ...(snapshot.clientEye ? [snapshot.clientEye.text] : []),
    ...(snapshot.vip ? [snapshot.vip.text, ...snapshot.vip.probes.map((p) => p.text)] : []),
  ];
}

const random = seeded(7);
const texts = [
  ...SAMPLE_KINDS.map((kind) => sampleSnapshot(kind)),
  ...Array.from({ length: 400 }, () => ({
    ...buildSnapshot(randomState(random, NOW), null, NOW, bareText),
    version: 1,
  })),
].flatMap(textsOf);

describe.each([
  ["en", en],
  ["ru", ru],
] as const)("messages in %s", (locale, messages) => {
  it("have a text for each key of the domain, and no other", () => {
    expect(flatten((messages as { domain: Tree }).domain, "domain").sort()).toEqual([...keysInCode].sort());
  });

  it("render everything that the domain says, with every value in its place", () => {
    const errors: string[] = [];
    const onError = (error: Error) => void errors.push(error.message);
    const translate = createTranslator({
      locale,
      messages: messages as never,
      timeZone: "UTC",
      onError,
    }) as unknown as (key: string, params: Message["params"]) => string;
    for (const text of texts) expect(translate(text.key, text.params)).not.toMatch(/[{}]|undefined/);
    expect(errors).toEqual([]);
  });
});
