/** The words of a condition, each with where it begins. */

export type Token =
  | { readonly kind: "name" | "input" | "text" | "sign"; readonly text: string; readonly at: number }
  | { readonly kind: "number"; readonly text: string; readonly at: number; readonly value: number; readonly unit: Unit }
  | { readonly kind: "end"; readonly text: ""; readonly at: number };

export type Unit = "count" | "bytes" | "ms";

/** What is wrong with a condition; `at` counts characters from 0. `found` is as the condition has it. */
export type ConditionProblem = { readonly at: number; readonly expected: string; readonly found: string };

const KB = 1_024;
const UNITS: Readonly<Record<string, readonly [Unit, number]>> = {
  kB: ["bytes", KB],
  MB: ["bytes", KB ** 2],
  GB: ["bytes", KB ** 3],
  TB: ["bytes", KB ** 4],
  ms: ["ms", 1],
  s: ["ms", 1_000],
  m: ["ms", 60_000],
  h: ["ms", 3_600_000],
  d: ["ms", 86_400_000],
};

const BLANK = /\s+/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const INPUT = /\$([A-Za-z][A-Za-z0-9_]*)/y;
const NUMBER = /(\d{1,15}(?:\.\d{1,6})?)\s?([A-Za-z]*)/y;
const TEXT = /"([^"\n]*)"/y;
const SIGN = /==|!=|<=|>=|[<>(),]/y;

export type Tokens =
  | { readonly kind: "ok"; readonly tokens: readonly Token[] }
  | { readonly kind: "error"; readonly problem: ConditionProblem };

export function tokensOf(source: string): Tokens {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(source);
  };
  while (at < source.length) {
    const blank = match(BLANK);
    if (blank) {
      at += blank[0].length;
      continue;
    }
    const read = readToken(match, at, source);
    if ("expected" in read) return { kind: "error", problem: read };
    tokens.push(read.token);
    at += read.length;
  }
  tokens.push({ kind: "end", text: "", at: source.length });
  return { kind: "ok", tokens };
}

type Read = { readonly token: Token; readonly length: number };

function readToken(
  match: (pattern: RegExp) => RegExpExecArray | null,
  at: number,
  source: string,
): Read | ConditionProblem {
  const number = match(NUMBER);
  if (number) return readNumber(number, at);
  const name = match(NAME);
  if (name) return { token: { kind: "name", text: name[0], at }, length: name[0].length };
  const input = match(INPUT);
  if (input) return { token: { kind: "input", text: input[1] ?? "", at }, length: input[0].length };
  const text = match(TEXT);
  if (text) return { token: { kind: "text", text: text[1] ?? "", at }, length: text[0].length };
  const sign = match(SIGN);
  if (sign) return { token: { kind: "sign", text: sign[0], at }, length: sign[0].length };
  return { at, ...describeStray(source[at] ?? "") };
}

/** `5 m` and `5m` alike; what follows a number must be a unit, unless it is a word of the language. */
function readNumber(match: RegExpExecArray, at: number): Read | ConditionProblem {
  const [whole, digits = "", letters = ""] = match;
  const glued = letters !== "" && whole.length === digits.length + letters.length;
  const unit = UNITS[letters];
  if (letters !== "" && !unit && glued) {
    return { at: at + digits.length, expected: `a unit: ${Object.keys(UNITS).join(", ")}`, found: letters };
  }
  const [kind, factor] = unit ?? (["count", 1] as const);
  const text = unit ? whole : digits;
  return { token: { kind: "number", text, at, value: Number(digits) * factor, unit: kind }, length: text.length };
}

function describeStray(character: string): Omit<ConditionProblem, "at"> {
  if (character === '"') return { expected: 'a closing "', found: "the end of the text" };
  if (character === "'") return { expected: 'a text in double quotes: "…"', found: "'" };
  if (character === "=") return { expected: "==", found: "=" };
  if (character === "&") return { expected: "and", found: "&" };
  if (character === "|") return { expected: "or", found: "|" };
  if (character === "!") return { expected: "not, or !=", found: "!" };
  if (character === "$") return { expected: "the name of an input after $", found: "$" };
  return { expected: "a fact, a value, not, every, some or (", found: character };
}
