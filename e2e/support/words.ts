import { readFileSync } from "node:fs";
import { resolve } from "node:path";

export type Locale = "en" | "ru";

const files = new Map<Locale, unknown>();

function messages(locale: Locale): unknown {
  if (!files.has(locale)) files.set(locale, JSON.parse(readFileSync(resolve(`messages/${locale}.json`), "utf8")));
  return files.get(locale);
}

/** The page's own word for a key of `messages`: tests look for what a person reads, in the person's language. */
export function word(key: string, locale: Locale = "en"): string {
  let found = messages(locale);
  for (const part of key.split(".")) {
    found = typeof found === "object" && found !== null ? (found as Record<string, unknown>)[part] : undefined;
  }
  if (typeof found !== "string") throw new Error(`messages/${locale}.json has no "${key}"`);
  return found;
}

/** Matches a message whatever its simple parameters are filled with. */
export function anyOf(key: string, locale: Locale = "en"): RegExp {
  const literal = word(key, locale)
    .split(/\{[^{}]*\}/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(literal.join(".+?"));
}
