import { type ConditionProblem, type Token, tokensOf, type Unit } from "./parse-tokens";

/**
 * Reads a condition. Types and names are looked at afterwards, in `check.ts`.
 *
 * ```
 * condition = both { "or" both }
 * both      = one { "and" one }
 * one       = "not" one | ( "every" | "some" ) ( "member" | "replica" ) "(" condition ")" | "(" condition ")" | relation
 * relation  = value [ sign value | [ "not" ] "in" "(" value { "," value } ")" ]
 * sign      = "==" | "!=" | "<" | "<=" | ">" | ">="
 * value     = fact | "$" input | "text" | number | size | duration | "true" | "false" | "none"
 * fact      = name [ "(" value ")" ]
 * size      = number ( "kB" | "MB" | "GB" | "TB" )                in bytes, of 1024
 * duration  = number ( "ms" | "s" | "m" | "h" | "d" )             in ms
 * ```
 *
 * Examples: `leader == $candidate and every replica (streaming and lagBytes < 16MB)`, `role($failed) not in ("leader", "standby-leader")`,
 * `not finding("split-brain") or paused`.
 */
export type Syntax =
  | { readonly op: "and" | "or"; readonly at: number; readonly parts: readonly Syntax[] }
  | { readonly op: "not"; readonly at: number; readonly part: Syntax }
  | { readonly op: "compare"; readonly at: number; readonly sign: Sign; readonly left: Value; readonly right: Value }
  | { readonly op: "in"; readonly at: number; readonly left: Value; readonly options: readonly Value[] }
  | { readonly op: "every" | "some"; readonly at: number; readonly of: "member" | "replica"; readonly part: Syntax }
  | { readonly op: "value"; readonly at: number; readonly value: Value };

export type Value =
  | { readonly op: "number"; readonly at: number; readonly value: number; readonly unit: Unit; readonly text: string }
  | { readonly op: "text"; readonly at: number; readonly value: string }
  | { readonly op: "word"; readonly at: number; readonly value: boolean | null }
  | { readonly op: "input"; readonly at: number; readonly name: string }
  | { readonly op: "fact"; readonly at: number; readonly name: string; readonly argument: Value | null };

export type Sign = "==" | "!=" | "<" | "<=" | ">" | ">=";
const SIGNS: ReadonlySet<string> = new Set<Sign>(["==", "!=", "<", "<=", ">", ">="]);
const isSign = (text: string): text is Sign => SIGNS.has(text);

const WORDS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ["true", true],
  ["false", false],
  ["none", null],
]);
const RESERVED: ReadonlySet<string> = new Set(["and", "or", "not", "in", "every", "some"]);

/** Brackets within brackets; nobody reads deeper ones. */
const DEPTH_MAX = 20;
const LENGTH_MAX = 2_000;

export type Parsed =
  | { readonly kind: "ok"; readonly syntax: Syntax }
  | { readonly kind: "error"; readonly problem: ConditionProblem };

export function parseCondition(source: string): Parsed {
  if (source.length > LENGTH_MAX) {
    return {
      kind: "error",
      problem: { at: 0, expected: `at most ${LENGTH_MAX} characters`, found: `${source.length}` },
    };
  }
  const read = tokensOf(source);
  if (read.kind === "error") return read;
  const reader = readerOf(read.tokens);
  const syntax = condition(reader, 0);
  if (syntax !== null && reader.problem === null && reader.peek().kind !== "end") {
    reader.refuse("and, or, or the end of the condition");
  }
  if (reader.problem !== null || syntax === null) return { kind: "error", problem: reader.problem ?? NOTHING };
  return { kind: "ok", syntax };
}

const NOTHING: ConditionProblem = { at: 0, expected: "a condition", found: "nothing" };

type Reader = ReturnType<typeof readerOf>;

/** The first problem stands: what follows it is only its consequence. Whoever cannot go on answers null. */
function readerOf(tokens: readonly Token[]) {
  let next = 0;
  let problem: ConditionProblem | null = null;
  const peek = (ahead = 0): Token => tokens[Math.min(next + ahead, tokens.length - 1)] as Token;
  const reader = {
    get problem() {
      return problem;
    },
    peek,
    take(): Token {
      const token = peek();
      next += 1;
      return token;
    },
    /** Takes the token if it is this word or sign. */
    takeIf(kind: "name" | "sign", text: string): Token | null {
      const token = peek();
      return token.kind === kind && token.text === text ? reader.take() : null;
    },
    refuse(expected: string): null {
      const token = peek();
      problem ??= { at: token.at, expected, found: token.kind === "end" ? "the end of the condition" : shown(token) };
      return null;
    },
    /** Takes a sign that must stand here. */
    need(text: string): Token | null {
      return reader.takeIf("sign", text) ?? reader.refuse(text);
    },
  };
  return reader;
}

const shown = (token: Token): string =>
  token.kind === "text" ? `"${token.text}"` : token.kind === "input" ? `$${token.text}` : token.text;

function condition(reader: Reader, depth: number): Syntax | null {
  return joined(reader, "or", () => joined(reader, "and", () => one(reader, depth)));
}

function joined(reader: Reader, op: "and" | "or", part: () => Syntax | null): Syntax | null {
  const { at } = reader.peek();
  const first = part();
  if (first === null) return null;
  const parts = [first];
  while (reader.takeIf("name", op)) {
    const next = part();
    if (next === null) return null;
    parts.push(next);
  }
  return parts.length === 1 ? first : { op, at, parts };
}

function one(reader: Reader, depth: number): Syntax | null {
  if (depth > DEPTH_MAX) return reader.refuse(`at most ${DEPTH_MAX} levels of brackets`);
  const token = reader.peek();
  if (reader.takeIf("name", "not")) {
    const part = one(reader, depth + 1);
    return part && { op: "not", at: token.at, part };
  }
  if (token.kind === "name" && (token.text === "every" || token.text === "some")) return quantified(reader, depth);
  if (token.kind === "sign" && token.text === "(") return bracketed(reader, depth);
  return relation(reader);
}

function bracketed(reader: Reader, depth: number): Syntax | null {
  if (!reader.need("(")) return null;
  const part = condition(reader, depth + 1);
  return part && reader.need(")") && part;
}

function quantified(reader: Reader, depth: number): Syntax | null {
  const { text, at } = reader.take();
  const of = reader.peek();
  if (of.kind !== "name" || (of.text !== "member" && of.text !== "replica")) return reader.refuse("member or replica");
  reader.take();
  const part = bracketed(reader, depth);
  return part && { op: text === "every" ? "every" : "some", at, of: of.text, part };
}

function relation(reader: Reader): Syntax | null {
  const left = value(reader);
  if (left === null) return null;
  const { at } = left;
  const token = reader.peek();
  if (token.kind === "sign" && isSign(token.text)) {
    reader.take();
    const right = value(reader);
    const next = reader.peek();
    if (next.kind === "sign" && isSign(next.text)) return reader.refuse("and between two comparisons");
    return right && { op: "compare", at, sign: token.text, left, right };
  }
  if (reader.takeIf("name", "in")) return within(reader, left);
  const follows = reader.peek(1);
  if (token.kind === "name" && token.text === "not" && follows.kind === "name" && follows.text === "in") {
    reader.take();
    reader.take();
    const part = within(reader, left);
    return part && { op: "not", at, part };
  }
  return { op: "value", at, value: left };
}

function within(reader: Reader, left: Value): Syntax | null {
  if (!reader.need("(")) return null;
  const options: Value[] = [];
  do {
    const option = value(reader);
    if (option === null) return null;
    options.push(option);
  } while (reader.takeIf("sign", ","));
  return reader.need(")") && { op: "in", at: left.at, left, options };
}

function value(reader: Reader): Value | null {
  const token = reader.peek();
  const { at } = token;
  if (token.kind === "number") {
    reader.take();
    return { op: "number", at, value: token.value, unit: token.unit, text: token.text };
  }
  if (token.kind === "text") {
    reader.take();
    return { op: "text", at, value: token.text };
  }
  if (token.kind === "input") {
    reader.take();
    return { op: "input", at, name: token.text };
  }
  if (token.kind !== "name" || RESERVED.has(token.text)) return reader.refuse("a fact or a value");
  reader.take();
  const word = WORDS.get(token.text);
  if (word !== undefined) return { op: "word", at, value: word };
  return fact(reader, token.text, at);
}

function fact(reader: Reader, name: string, at: number): Value | null {
  if (!reader.takeIf("sign", "(")) return { op: "fact", at, name, argument: null };
  const argument = value(reader);
  if (argument === null) return null;
  return reader.need(")") && { op: "fact", at, name, argument };
}
