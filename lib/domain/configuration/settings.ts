import type { ConfigurationEffect } from "../actions/plan";
import { type Message, message } from "../message";
import { type Parameter, parameterOf } from "./postgres-parameters";
import { booleanOf, quantityOf, unitsFor } from "./quantity";
import { KEYS, type Key, LOCAL_KEYS, MANAGED_PARAMETERS, OPEN_SECTIONS, PATRONI_LEAST } from "./settings-keys";

export { parameterNames } from "./postgres-parameters";

/** What a form needs to know of a setting. */
export type Knowledge = {
  /** What a bare number counts in; null: nothing, or it depends on what is written. */
  readonly unit: "s" | "ms" | "bytes" | null;
  readonly min: number | null;
  readonly max: number | null;
  /** The words that it may be, where these are few. */
  readonly words: readonly string[] | null;
  /** What holds where it is not set; null: not known. */
  readonly standard: string | number | boolean | null;
};

const PARAMETERS = "postgresql.parameters.";
const parameterAt = (path: string): string | null =>
  path.startsWith(PARAMETERS) ? path.slice(PARAMETERS.length) : null;
/** The section that such a path stands in, where its keys are the person's own. */
const isOpen = (path: string): boolean => OPEN_SECTIONS.some((section) => path.startsWith(`${section}.`));

/** Null for a setting that is not known here. */
export function knowledgeOf(path: string): Knowledge | null {
  const name = parameterAt(path);
  if (name !== null) {
    const parameter = parameterOf(name);
    return parameter && ofParameter(parameter);
  }
  const key = keyAt(path);
  if (!key) return null;
  const words = key.kind === "bool" ? ["true", "false"] : (key.words ?? null);
  return { unit: key.unit ?? null, min: key.min ?? null, max: null, words, standard: key.standard ?? null };
}

function ofParameter({ kind, words, min, max, unit, name }: Parameter): Knowledge {
  const told = kind === "bool" ? ["on", "off"] : kind === "word" ? words : null;
  // A bare number of a parameter with a unit counts in blocks or the like: a range in them would mislead more than it tells.
  const plain = unit === null || unit === "s" || unit === "ms";
  const least = PATRONI_LEAST[name.toLowerCase()] ?? min;
  const seconds = unit === "s" || unit === "ms" ? unit : null;
  return { unit: seconds, min: plain ? least : null, max: plain ? max : null, words: told, standard: null };
}

/** When a change at a path comes into force. */
export function effectOf(path: string): ConfigurationEffect {
  const name = parameterAt(path);
  if (name !== null) {
    const effect = parameterOf(name)?.effect ?? null;
    return effect === null ? "unknown" : effect === "restart" ? "restart" : "reload";
  }
  if (path.startsWith("postgresql.pg_hba") || path.startsWith("postgresql.pg_ident")) return "reload";
  if (path.startsWith("postgresql.recovery_conf")) return "unknown";
  const key = keyAt(path);
  if (key) return key.effect ?? "patroni";
  return isOpen(path) ? "patroni" : "unknown";
}

/** How well a path is known: `local` and `managed` ones Patroni passes over when they stand in the dynamic configuration. */
export function standingOf(path: string): "known" | "unknown" | "local" | "managed" {
  const name = parameterAt(path);
  if (name !== null) {
    if (MANAGED_PARAMETERS.has(name.toLowerCase())) return "managed";
    // Parameters of extensions carry a dot, and only the extension knows them.
    return parameterOf(name) || name.includes(".") ? "known" : "unknown";
  }
  if ([...LOCAL_KEYS].some((local) => path === local || path.startsWith(`${local}.`))) return "local";
  return keyAt(path) || isOpen(path) ? "known" : "unknown";
}

/** What is wrong with a value: its type, unit, range or word; null where nothing is, or nothing is known. A removal is never wrong. */
export function problemOf(path: string, value: unknown): Message | null {
  if (value === null || value === undefined) return null;
  const name = parameterAt(path);
  if (name !== null) return parameterProblem(path, name, value);
  const key = keyAt(path);
  return key ? keyProblem(path, key, value) : null;
}

function keyAt(path: string): Key | null {
  if (Object.hasOwn(KEYS, path)) return KEYS[path] ?? null;
  // Newer releases take rules by role, such as `pg_hba_replica`.
  const byRole = /^postgresql\.(pg_hba|pg_ident|parameters)_(primary|replica|standby_leader)$/.exec(path);
  return byRole ? (KEYS[`postgresql.${byRole[1]}`] ?? null) : null;
}

function keyProblem(path: string, key: Key, value: unknown): Message | null {
  const plain = typeof value === "object" && !Array.isArray(value);
  switch (key.kind) {
    case "int":
      return numberProblem(path, value, {
        min: key.min ?? null,
        max: null,
        unit: key.unit === "s" ? "s" : key.unit ? "B" : null,
      });
    case "bool":
      return booleanOf(value) === null ? message("settings.boolean", { path }) : null;
    case "word":
      return wordProblem(path, value, key.words ?? []);
    case "lines":
      return Array.isArray(value) && value.every((line) => typeof line === "string" && line.trim() !== "")
        ? null
        : message("settings.lines", { path });
    case "list":
      return Array.isArray(value) ? null : message("settings.list", { path });
    case "section":
      return plain ? null : message("settings.section", { path });
    case "any":
      return null;
  }
}

function parameterProblem(path: string, name: string, value: unknown): Message | null {
  if (typeof value === "object") return message("settings.scalar", { path });
  const parameter = parameterOf(name);
  if (!parameter) return null;
  const lower = parameter.name.toLowerCase();
  if (lower === "hot_standby" && booleanOf(value) === false) return message("settings.hot-standby", { path });
  switch (parameter.kind) {
    case "bool":
      return booleanOf(value) === null ? message("settings.boolean", { path }) : null;
    case "word":
      return wordProblem(path, value, lower === "wal_level" ? WAL_LEVELS : parameter.words);
    case "int":
    case "real":
      return numberProblem(path, value, { ...parameter, min: PATRONI_LEAST[lower] ?? parameter.min });
    case "text":
      return null;
  }
}

/** Patroni takes none below what replication needs. */
const WAL_LEVELS = ["hot_standby", "replica", "logical"] as const;

function wordProblem(path: string, value: unknown, words: readonly string[]): Message | null {
  const word = String(value).trim().toLowerCase();
  const asBoolean = booleanOf(value);
  // PostgreSQL takes the words of a boolean wherever `on` and `off` are among the words, and YAML makes booleans of them.
  if (asBoolean !== null && words.includes(asBoolean ? "on" : "off")) return null;
  return words.includes(word) ? null : message("settings.word", { path, words: words.join(", ") });
}

type Range = Pick<Parameter, "min" | "max" | "unit">;

function numberProblem(path: string, value: unknown, { min, max, unit }: Range): Message | null {
  const units = unitsFor(unit).join(", ") || "none";
  const words = { path, units, unit: wordOf(unit) };
  const read = quantityOf(value, unit);
  if (read.kind === "not-a-number") return message("settings.number", words);
  if (read.kind === "wrong-unit") return message("settings.unit", words);
  const low = min !== null && read.value < min;
  const high = max !== null && read.value > max;
  if (!low && !high) return null;
  return message(low ? "settings.too-small" : "settings.too-large", {
    path,
    bound: (low ? min : max) ?? 0,
    unit: wordOf(unit),
  });
}

/** A block's name as a selector must not begin with a digit. */
const wordOf = (unit: Parameter["unit"]): string => (unit === null ? "none" : unit === "8kB" ? "block" : unit);
