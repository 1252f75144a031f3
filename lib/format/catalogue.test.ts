import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import en from "../../messages/en.json";
import ru from "../../messages/ru.json";

type Tree = { readonly [key: string]: string | Tree };

function flat(tree: Tree, prefix = ""): Map<string, string> {
  const entries = Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[prefix + key, value] as const] : [...flat(value, `${prefix}${key}.`)],
  );
  return new Map(entries);
}

/** Names of what a text is filled with. Branches of a plural or select are texts too. */
function paramsOf(text: string): string[] {
  const found = new Set<string>();
  let at = 0;
  const until = (stops: string) => {
    const start = at;
    while (at < text.length && !stops.includes(text[at] ?? "")) at += 1;
    return text.slice(start, at).trim();
  };
  const readText = () => {
    for (until("{}"); text[at] === "{"; until("{}")) {
      at += 1;
      readArgument();
    }
    at += 1;
  };
  const readArgument = () => {
    const name = until(",}");
    if (text[at++] === "}") return void found.add(name);
    until(",}");
    found.add(name);
    if (text[at++] === "}") return;
    for (until("{}"); text[at] === "{"; until("{}")) {
      at += 1;
      readText();
    }
    at += 1;
  };
  readText();
  return [...found].sort();
}

const english = flat(en as Tree);
const russian = flat(ru as Tree);

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

describe("the catalogues", () => {
  it("have the same keys in every language", () => {
    expect([...russian.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it("are filled in with the same values in every language", () => {
    const differing = [...english].filter(
      ([key, text]) => paramsOf(text).join() !== paramsOf(russian.get(key) ?? "").join(),
    );
    expect(differing.map(([key, text]) => ({ key, en: text, ru: russian.get(key) }))).toEqual([]);
  });

  it("have no empty text", () => {
    expect([...english, ...russian].filter(([, text]) => text.trim() === "").map(([key]) => key)).toEqual([]);
  });

  it("hold every key that a page asks for literally", () => {
    const asked = ["app", "components", "lib/client"]
      .flatMap(sources)
      .flatMap((path) =>
        [...readFileSync(path, "utf8").matchAll(/\bt\)?\("([\w.-]+\.[\w./-]+)"/g)].map((match) => match[1] ?? ""),
      );
    expect(asked.length).toBeGreaterThan(100);
    expect([...new Set(asked)].filter((key) => !english.has(key))).toEqual([]);
  });
});
