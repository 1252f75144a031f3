import type { ConfigurationPatch } from "../actions/request";

type Plain = Readonly<Record<string, unknown>>;
const isPlain = (value: unknown): value is Plain =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Below this, what is left of a path is one key: parameters of extensions carry a dot in their names. */
const PARAMETERS = "postgresql.parameters.";

/** The keys of a path as `compare` writes it: `postgresql.parameters.auto_explain.log_min_duration` has three. */
export function keysOf(path: string): readonly string[] {
  if (!path.startsWith(PARAMETERS)) return path.split(".");
  return ["postgresql", "parameters", path.slice(PARAMETERS.length)];
}

/** What stands at a path; null where nothing does, as `compare` tells it. */
export function valueAt(value: unknown, path: string): unknown {
  let at = value;
  for (const key of keysOf(path)) at = isPlain(at) && Object.hasOwn(at, key) ? at[key] : null;
  return at ?? null;
}

/** The patch that sets one path; null removes it. */
export function patchAt(path: string, value: unknown): ConfigurationPatch {
  return keysOf(path).reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as ConfigurationPatch;
}

/** Several patches as one; of two that set the same key the later one wins. */
export function joinPatches(patches: readonly ConfigurationPatch[]): ConfigurationPatch {
  return patches.reduce((sum, patch) => join(sum, patch) as ConfigurationPatch, {});
}

function join(a: unknown, b: unknown): unknown {
  if (!isPlain(a) || !isPlain(b)) return b;
  const both = { ...a };
  for (const [key, value] of Object.entries(b)) both[key] = Object.hasOwn(a, key) ? join(a[key], value) : value;
  return both;
}

/** Everything that a patch sets, by path; null stands for a removal, of a whole section too. */
export function leavesOf(patch: unknown, path = ""): readonly { readonly path: string; readonly value: unknown }[] {
  if (!isPlain(patch) || (Object.keys(patch).length === 0 && path !== "")) return [{ path, value: patch }];
  return Object.entries(patch).flatMap(([key, value]) => leavesOf(value, path === "" ? key : `${path}.${key}`));
}

export const sameValue = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
