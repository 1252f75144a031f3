import type { ParameterUnit } from "./postgres-parameters";

const MEMORY: Readonly<Record<string, number>> = { B: 1, kB: 1024, MB: 2 ** 20, GB: 2 ** 30, TB: 2 ** 40 };
/** In microseconds. */
const TIME: Readonly<Record<string, number>> = {
  us: 1,
  ms: 1_000,
  s: 1_000_000,
  min: 60_000_000,
  h: 3_600_000_000,
  d: 86_400_000_000,
};
const BASE: Readonly<Record<ParameterUnit, number>> = {
  B: 1,
  kB: 1024,
  "8kB": 8192,
  MB: 2 ** 20,
  us: 1,
  ms: 1_000,
  s: 1_000_000,
  min: 60_000_000,
};
const IN_MEMORY: ReadonlySet<string> = new Set(["B", "kB", "8kB", "MB"]);

export type Quantity =
  | { readonly kind: "ok"; readonly value: number }
  | { readonly kind: "not-a-number" }
  | { readonly kind: "wrong-unit" };

/** The units that may be written behind a number; empty where none may. */
export const unitsFor = (unit: ParameterUnit | null): readonly string[] =>
  unit === null ? [] : Object.keys(IN_MEMORY.has(unit) ? MEMORY : TIME);

/** A number as PostgreSQL and Patroni read it, with or without a unit, in `unit`. Units differ by case: `mb` is none. */
export function quantityOf(value: unknown, unit: ParameterUnit | null): Quantity {
  if (typeof value === "number") return Number.isFinite(value) ? { kind: "ok", value } : { kind: "not-a-number" };
  const text = typeof value === "string" ? value.trim() : "";
  const match = /^([+-]?(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?))\s*([A-Za-z]*)$/.exec(text);
  if (!match?.[1]) return { kind: "not-a-number" };
  const number = Number(match[1].replace(/^([+-])(0[xX])/, "$2"));
  const signed = /^-0[xX]/.test(match[1]) ? -number : number;
  const written = match[2] ?? "";
  if (written === "") return { kind: "ok", value: signed };
  const factor = unit === null ? undefined : (IN_MEMORY.has(unit) ? MEMORY : TIME)[written];
  if (unit === null || factor === undefined) return { kind: "wrong-unit" };
  return { kind: "ok", value: (signed * factor) / BASE[unit] };
}

/** PostgreSQL's words for true and false, and any beginning of them that tells them apart; null for anything else. */
export function booleanOf(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  const text = String(value).trim().toLowerCase();
  if (text === "" || typeof value === "object") return null;
  if (text === "1" || text === "on" || "true".startsWith(text) || "yes".startsWith(text)) return true;
  if (text === "0" || (text.length > 1 && "off".startsWith(text)) || "false".startsWith(text) || "no".startsWith(text))
    return false;
  return null;
}
