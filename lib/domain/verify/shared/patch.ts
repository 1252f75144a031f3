type Plain = Readonly<Record<string, unknown>>;
const isPlain = (value: unknown): value is Plain =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Whether a configuration is as a JSON merge patch (RFC 7396) would leave it: null stands for a key that must not be there. Patroni
 * compares single values as text, so that `60` and `"60"` are one.
 */
export function containsPatch(config: unknown, patch: unknown): boolean {
  if (!isPlain(patch)) return same(config, patch);
  if (!isPlain(config)) return Object.values(patch).every((value) => value === null);
  return Object.entries(patch).every(([key, value]) =>
    value === null ? config[key] === undefined || config[key] === null : containsPatch(config[key], value),
  );
}

function same(a: unknown, b: unknown): boolean {
  if (a === undefined || a === null) return b === null;
  if (typeof a === "object" || typeof b === "object") return JSON.stringify(a) === JSON.stringify(b);
  return String(a) === String(b);
}
