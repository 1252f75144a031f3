type Plain = Readonly<Record<string, unknown>>;
const isPlain = (value: unknown): value is Plain =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** RFC 7396, as Patroni's `PATCH /config` does it: null removes a key, sections merge, everything else replaces. */
export function applyPatch(value: unknown, patch: unknown): unknown {
  if (!isPlain(patch)) return patch;
  const merged: Record<string, unknown> = isPlain(value) ? { ...value } : {};
  for (const [key, change] of Object.entries(patch)) {
    if (change === null) delete merged[key];
    else merged[key] = applyPatch(merged[key], change);
  }
  return merged;
}

/**
 * The smallest patch that makes `after` of `before`; empty when they are alike. A key that is null in `after` is taken as not there: a
 * merge patch has no word for it.
 */
export function patchBetween(before: unknown, after: unknown): Plain {
  const [a, b] = [isPlain(before) ? before : {}, isPlain(after) ? after : {}];
  const patch: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const [was, is] = [a[key] ?? null, b[key] ?? null];
    if (is === null) {
      if (was !== null) patch[key] = null;
    } else if (isPlain(was) && isPlain(is)) {
      const inner = patchBetween(was, is);
      if (Object.keys(inner).length > 0) patch[key] = inner;
    } else if (JSON.stringify(was) !== JSON.stringify(is)) patch[key] = is;
  }
  return patch;
}
