type Plain = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Plain => typeof value === "object" && value !== null;

/** Structural equality of plain JSON values; stops at once where both are the same object. */
export function deepEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && deepEqual(a[key], b[key]));
}

/**
 * `next`, with every part that equals the same part of `previous` replaced by the previous object: what did not change
 * stays identical, so that later comparisons and renderings of it cost nothing.
 */
export function share<T>(previous: unknown, next: T): T {
  if (Object.is(previous, next) || !isObject(previous) || !isObject(next)) return next;
  if (Array.isArray(next)) {
    if (!Array.isArray(previous)) return next;
    const shared = next.map((item, i) => share(previous[i], item));
    const same = previous.length === next.length && shared.every((item, i) => Object.is(item, previous[i]));
    return (same ? previous : shared) as T;
  }
  if (Array.isArray(previous)) return next;
  const shared: Record<string, unknown> = {};
  let same = Object.keys(previous).length === Object.keys(next).length;
  for (const [key, value] of Object.entries(next)) {
    shared[key] = share(previous[key], value);
    if (!Object.hasOwn(previous, key) || !Object.is(shared[key], previous[key])) same = false;
  }
  return (same ? previous : shared) as T;
}
