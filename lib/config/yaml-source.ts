import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { interpolate } from "./interpolate";
import type { KeyPath, Problem } from "./problem";
import { describeSyntax } from "./yaml-syntax";

/** A YAML text as plain values, with what is needed to say where a mistake is. */
export type YamlSource = {
  readonly plain: unknown;
  /** Line of the value at `path`, or of the nearest part of the file above it. */
  lineOf(path: KeyPath): number | null;
  /** Line of the key itself, which may be wrong where its value is not. */
  lineOfKey(path: KeyPath): number | null;
  /** Environment variables that the value at `path` was made of. */
  variablesOf(path: KeyPath): readonly string[];
  readonly problems: readonly Problem[];
};

/** Anchors may multiply a small text into a huge one. */
const NODES_MAX = 50_000;
const DEPTH_MAX = 40;

// biome-ignore lint/suspicious/noTemplateCurlyInString: the very syntax that is explained
const VARIABLE_FORM = "${NAME} with a plain name and a closing brace ($${ stands for a literal ${)";

const keyOf = (path: KeyPath) => JSON.stringify(path);

/**
 * Parses YAML 1.2 and fills `${NAME}` in from `env`; without one (null) texts stay as they are. Syntax mistakes come back as problems; then `plain` is undefined. The
 * parser's own messages are not passed on: they may quote the text, and with it a secret.
 */
export function readYaml(text: string, env: Readonly<Record<string, string | undefined>> | null): YamlSource {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, stringKeys: true });
  const values = new Map<string, number>();
  const keys = new Map<string, number>();
  const variables = new Map<string, readonly string[]>();
  const problems: Problem[] = [];
  let nodes = 0;

  const lineAt = (offset: number) => counter.linePos(offset).line;
  const report = (path: KeyPath, line: number | null, expected: string, found: string) => {
    problems.push({ path, line, expected, found });
  };

  for (const error of [...document.errors, ...document.warnings].slice(0, 1)) {
    report([], lineAt(error.pos[0]), describeSyntax(error.code), "a mistake in its syntax");
  }

  function filledText(path: KeyPath, value: string, line: number | null): string {
    if (env === null) return value;
    const filled = interpolate(value, env);
    if (filled.used.length > 0) variables.set(keyOf(path), filled.used);
    for (const name of filled.missing) {
      report(path, line, `the environment variable ${name} to be set`, "nothing of that name");
    }
    if (filled.malformed) report(path, line, VARIABLE_FORM, "an unfinished one");
    return filled.text;
  }

  function plainOf(node: unknown, path: KeyPath, line: number | null, depth: number): unknown {
    nodes += 1;
    if (depth > DEPTH_MAX || nodes > NODES_MAX) {
      if (nodes <= NODES_MAX + 1) report(path, line, "a smaller file without nested aliases", "too much of it");
      nodes = NODES_MAX + 1;
      return undefined;
    }
    const range = (node as Node | null)?.range;
    const here = range ? lineAt(range[0]) : line;
    if (here !== null) values.set(keyOf(path), here);
    if (isAlias(node)) {
      const target = node.resolve(document);
      if (target) return plainOf(target, path, here, depth + 1);
      report(path, here, "quotes around a text that begins with *", "an alias to nothing");
      return undefined;
    }
    if (isMap(node)) return mapOf(node.items, path, depth);
    if (isSeq(node)) return node.items.map((item, index) => plainOf(item, [...path, index], here, depth + 1));
    if (isScalar(node)) return typeof node.value === "string" ? filledText(path, node.value, here) : node.value;
    return null;
  }

  function mapOf(items: readonly unknown[], path: KeyPath, depth: number): Record<string, unknown> {
    const map: Record<string, unknown> = Object.create(null);
    for (const pair of items) {
      if (!isPair(pair) || !isScalar(pair.key)) continue;
      const name = String(pair.key.value);
      const at = [...path, name];
      const line = pair.key.range ? lineAt(pair.key.range[0]) : null;
      if (line !== null) keys.set(keyOf(at), line);
      map[name] = plainOf(pair.value, at, line, depth + 1);
      if (line !== null && map[name] === null) values.set(keyOf(at), line);
    }
    return { ...map };
  }

  function nearest(from: ReadonlyMap<string, number>, path: KeyPath): number | null {
    for (let length = path.length; length >= 0; length -= 1) {
      const part = keyOf(path.slice(0, length));
      // A map begins on the line after its key: the key is what people look for.
      const line = length < path.length ? (keys.get(part) ?? values.get(part)) : (from.get(part) ?? values.get(part));
      if (line !== undefined) return line;
    }
    return null;
  }

  const plain = problems.length > 0 ? undefined : plainOf(document.contents, [], 1, 0);
  return {
    plain,
    lineOf: (path) => nearest(values, path),
    lineOfKey: (path) => nearest(keys, path),
    variablesOf: (path) => variables.get(keyOf(path)) ?? [],
    problems,
  };
}
