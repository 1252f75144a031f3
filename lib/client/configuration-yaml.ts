import { type ErrorCode, isMap, isNode, isPair, isScalar, LineCounter, parseDocument, stringify } from "yaml";
import { type Message, message } from "@/lib/domain/message";

/** The dynamic configuration as text and back. The grammar is YAML 1.1 as `patronictl edit-config` reads it, so that texts can be exchanged. */

export type Plain = Readonly<Record<string, unknown>>;

/** `line` counts from 1; null where the mistake is in no one line. */
export type YamlProblem = { readonly line: number | null; readonly text: Message };
export type YamlRead = {
  /** Null when there are problems. */
  readonly value: Plain | null;
  readonly problems: readonly YamlProblem[];
  /** Line of the key at a path of keys, or of the nearest one above it. */
  lineOf(keys: readonly string[]): number | null;
};

/** Anchors may multiply a small text into a huge one. */
const NODES_MAX = 20_000;

export const writeYaml = (value: Plain): string =>
  Object.keys(value).length === 0
    ? ""
    : stringify(value, { version: "1.1", lineWidth: 0, aliasDuplicateObjects: false });

/** What the grammar wanted, by the parser's code; its own sentences are English and quote the text. */
const EXPECTED: Partial<Record<ErrorCode, string>> = {
  BAD_ALIAS: "quotes",
  BAD_DIRECTIVE: "quotes",
  BAD_DQ_ESCAPE: "escape",
  BAD_INDENT: "indent",
  BAD_SCALAR_START: "quotes",
  BLOCK_AS_IMPLICIT_KEY: "pair",
  DUPLICATE_KEY: "once",
  MISSING_CHAR: "missing",
  MULTILINE_IMPLICIT_KEY: "pair",
  MULTIPLE_DOCS: "oneDocument",
  TAB_AS_INDENT: "noTabs",
  TAG_RESOLVE_FAILED: "quotes",
  UNEXPECTED_TOKEN: "token",
};

export function readYaml(text: string): YamlRead {
  const counter = new LineCounter();
  const document = parseDocument(text, { version: "1.1", lineCounter: counter, prettyErrors: false, stringKeys: true });
  const lineAt = (offset: number) => counter.linePos(offset).line;
  const lineOf = (keys: readonly string[]) => lineOfKey(document.contents, keys, lineAt);
  const mistakes = [...document.errors, ...document.warnings];
  if (mistakes.length > 0) {
    const problems = mistakes.map(({ code, pos }) => ({
      line: lineAt(pos[0]),
      text: message(`configurationPage.yaml.${EXPECTED[code] ?? "valid"}`),
    }));
    return { value: null, problems, lineOf };
  }
  const value: unknown = plainOf(document);
  if (value === undefined) return bad(null, "tooMuch", lineOf);
  if (value === null) return { value: {}, problems: [], lineOf };
  if (typeof value !== "object" || Array.isArray(value)) return bad(1, "mapping", lineOf);
  const odd = findOdd(value, []);
  if (odd) return bad(lineOf(odd.filter((key) => typeof key === "string")), "plain", lineOf);
  return { value: value as Plain, problems: [], lineOf };
}

const bad = (line: number | null, what: string, lineOf: YamlRead["lineOf"]): YamlRead => ({
  value: null,
  problems: [{ line, text: message(`configurationPage.yaml.${what}`) }],
  lineOf,
});

/** Undefined when it would become too large. */
function plainOf(document: ReturnType<typeof parseDocument>): unknown {
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch {
    return undefined;
  }
  return sizeOf(value, 0) > NODES_MAX ? undefined : (value ?? null);
}

function sizeOf(value: unknown, sum: number): number {
  if (typeof value !== "object" || value === null || sum > NODES_MAX) return sum + 1;
  return Object.values(value).reduce<number>((total, inner) => sizeOf(inner, total), sum + 1);
}

/** Where something stands that JSON has no word for: a date, a set, a number that is none. */
function findOdd(value: unknown, path: readonly string[]): readonly string[] | null {
  if (value === null || typeof value === "string" || typeof value === "boolean") return null;
  if (typeof value === "number") return Number.isFinite(value) ? null : path;
  const plain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
  if (!plain) return path;
  for (const [key, inner] of Object.entries(value as object)) {
    const odd = findOdd(inner, Array.isArray(value) ? path : [...path, key]);
    if (odd) return odd;
  }
  return null;
}

function lineOfKey(contents: unknown, keys: readonly string[], lineAt: (offset: number) => number): number | null {
  let at = contents;
  let line: number | null = isNode(contents) && contents.range ? lineAt(contents.range[0]) : null;
  for (const key of keys) {
    if (!isMap(at)) return line;
    const pair = at.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key);
    if (!pair || !isScalar(pair.key)) return line;
    if (pair.key.range) line = lineAt(pair.key.range[0]);
    at = pair.value;
  }
  return line;
}
