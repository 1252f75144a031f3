import { sameValue } from "./path";

type Plain = Readonly<Record<string, unknown>>;
const isPlain = (value: unknown): value is Plain =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What a value becomes by a JSON merge patch (RFC 7396): null deletes a key, objects merge, everything else replaces. */
export function applyPatch(value: unknown, patch: unknown): unknown {
  if (!isPlain(patch)) return patch;
  const next: Record<string, unknown> = isPlain(value) ? { ...value } : {};
  for (const [key, change] of Object.entries(patch)) {
    if (change === null) delete next[key];
    else if (isOwnKey(key)) next[key] = applyPatch(Object.hasOwn(next, key) ? next[key] : undefined, change);
  }
  return next;
}

/** The smallest patch that makes `after` of `before`. A key whose value is null cannot be told from one that is not there. */
export function patchBetween(before: unknown, after: unknown): Plain {
  const [a, b] = [isPlain(before) ? before : {}, isPlain(after) ? after : {}];
  const patch: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    if (!isOwnKey(key)) continue;
    const [from, to] = [Object.hasOwn(a, key) ? a[key] : undefined, Object.hasOwn(b, key) ? b[key] : undefined];
    if (sameValue(from, to)) continue;
    if (to === undefined || to === null) patch[key] = null;
    else if (isPlain(from) && isPlain(to)) {
      const inner = patchBetween(from, to);
      if (Object.keys(inner).length > 0) patch[key] = inner;
    } else patch[key] = to;
  }
  return patch;
}

/** An assignment to it would change the object's nature instead of adding a key. */
const isOwnKey = (key: string): boolean => key !== "__proto__";
