import { type Message, message } from "../message";
import { oneOf } from "./nearest";
import { CLUSTER_PLACES, leaderOf, MEMBER_PLACES, moment, type PlaceGround } from "./placeholder-values";
import type { RunbookInput } from "./runbook";

/** Fills `{name}` in texts and commands of runbooks. Pure; never throws. */

/** What a text is filled from: a picture, the cluster's places, and the inputs of the run (none before it began). */
export type FillGround = PlaceGround & {
  readonly asked: readonly RunbookInput[];
  readonly inputs: Readonly<Record<string, string>>;
};

/** One stretch of a filled text: as it was written, filled in, or what to say where it could not be. */
export type FilledPart =
  | { readonly kind: "text" | "value"; readonly text: string }
  | { readonly kind: "unknown"; readonly name: string; readonly text: Message };

export type Filled = {
  readonly parts: readonly FilledPart[];
  /** Placeholders that could not be filled, each once. */
  readonly unknown: readonly string[];
};

/** `{{name}}` gives `{name}`; `${NAME}` is the shell's own. */
const PLACEHOLDER = /\{\{([A-Za-z][\w.]*)\}\}|(\$?)\{([A-Za-z][\w.]*)\}/g;
/** What a shell leaves alone. Anything else is not filled into a command: names come from the DCS, and moments from people. */
const HARMLESS = /^[A-Za-z0-9_./:@%+=,[\]][A-Za-z0-9_./:@%+=,[\]-]*$/;
const HARMLESS_WORDS = /^[A-Za-z0-9_./:@%+=,[\]][A-Za-z0-9_./:@%+=,[\] -]*$/;

/** Names of the placeholders of a text, in its order. */
export const placeholdersIn = (text: string): readonly string[] =>
  [...text.matchAll(PLACEHOLDER)].flatMap((match) => (match[3] === undefined || match[2] === "$" ? [] : [match[3]]));

/** What is wrong with the placeholders of a text, in its order; `at` counts characters from 0. */
export function placeholderProblems(
  text: string,
  asked: readonly Pick<RunbookInput, "name" | "kind">[],
): readonly { readonly at: number; readonly expected: string; readonly found: string }[] {
  return [...text.matchAll(PLACEHOLDER)].flatMap((match) => {
    const name = match[3];
    if (name === undefined || match[2] === "$") return [];
    const expected = nameProblem(name, asked);
    return expected === null ? [] : [{ at: match.index, expected, found: `{${name}}` }];
  });
}

/** What was expected in place of this name; null: it is one. */
function nameProblem(name: string, asked: readonly Pick<RunbookInput, "name" | "kind">[]): string | null {
  const members = ["leader", "writer", ...asked.filter(isMember).map((input) => input.name)];
  if (CLUSTER_PLACES.has(name) || asked.some((input) => input.name === name)) return null;
  const dot = name.indexOf(".");
  const [head, rest] = [name.slice(0, Math.max(dot, 0)), name.slice(dot + 1)];
  if (members.includes(head)) {
    return MEMBER_PLACES.has(rest)
      ? null
      : oneOf(`one of ${[...MEMBER_PLACES.keys()].join(", ")} of ${head}`, rest, MEMBER_PLACES.keys());
  }
  const names = [...CLUSTER_PLACES.keys(), ...asked.map((input) => input.name)];
  return oneOf(`a placeholder (or {{${name}}} for braces that stay)`, name, names);
}

const isMember = ({ kind }: Pick<RunbookInput, "kind">): boolean =>
  kind === "member" || kind === "replica" || kind === "leader";

/** Fills a text; in a `command` only what is harmless to a shell. */
export function fill(text: string, ground: FillGround, as: "text" | "command"): Filled {
  const parts: FilledPart[] = [];
  const unknown = new Set<string>();
  let from = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    parts.push(...plain(text.slice(from, match.index)));
    from = match.index + match[0].length;
    const name = match[3];
    if (name === undefined || match[2] === "$") {
      parts.push(...plain(match[1] === undefined ? match[0] : `{${match[1]}}`));
      continue;
    }
    const part = fillOne(name, ground, as);
    if (part.kind === "unknown") unknown.add(name);
    parts.push(part);
  }
  parts.push(...plain(text.slice(from)));
  return { parts, unknown: [...unknown] };
}

const plain = (text: string): FilledPart[] => (text === "" ? [] : [{ kind: "text", text }]);

/** A filled text as one, `say` putting what could not be filled into words. */
export const filledText = ({ parts }: Filled, say: (text: Message) => string): string =>
  parts.map((part) => (part.kind === "unknown" ? say(part.text) : part.text)).join("");

function fillOne(name: string, ground: FillGround, as: "text" | "command"): FilledPart {
  const { value, words } = lookUp(name, ground, as);
  if (value === null || value === "") return { kind: "unknown", name, text: message("placeholder.unknown", { name }) };
  if (as === "command" && !(words ? HARMLESS_WORDS : HARMLESS).test(value)) {
    return { kind: "unknown", name, text: message("placeholder.unsafe", { name }) };
  }
  return { kind: "value", text: value };
}

type Found = { readonly value: string | null; readonly words: boolean };

function lookUp(name: string, ground: FillGround, as: "text" | "command"): Found {
  const input = ground.asked.find((one) => one.name === name);
  if (input) {
    const given = givenFor(input.name, ground);
    return input.kind === "moment"
      ? { value: moment(given), words: true }
      : { value: given, words: input.kind === "text" };
  }
  const place = CLUSTER_PLACES.get(name);
  if (place?.kind === "list")
    return { value: place.read(ground).join(as === "text" ? ", " : " ") || null, words: true };
  if (place) return { value: textOf(place.read(ground)), words: place.kind === "spaced" };
  return { value: memberPlace(name, ground), words: false };
}

function memberPlace(name: string, ground: FillGround): string | null {
  const dot = name.indexOf(".");
  const read = MEMBER_PLACES.get(name.slice(dot + 1));
  const member = dot < 0 ? null : memberNamed(name.slice(0, dot), ground);
  return read && member ? textOf(read(member, ground)) : null;
}

function memberNamed(head: string, ground: FillGround) {
  const { picture, asked } = ground;
  if (head === "leader") return leaderOf(picture);
  const input = asked.find((one) => one.name === head && isMember(one));
  const name = head === "writer" ? picture.writePath.writer : input ? givenFor(head, ground) : null;
  return picture.members.find((member) => member.name === name) ?? null;
}

const givenFor = (name: string, { inputs }: FillGround): string | null =>
  (Object.hasOwn(inputs, name) ? inputs[name] : null) ?? null;

const textOf = (value: string | number | null): string | null => (value === null ? null : String(value));
