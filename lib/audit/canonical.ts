/**
 * The one spelling of a JSON value that hashes are made of: keys sorted by their UTF-16 code units, no spaces, everything else as
 * `JSON.stringify` writes it. What JSON cannot say (`undefined`, functions) is left out. Throws for what it refuses: a bigint, a circle.
 */
export function canonicalJson(value: unknown): string {
  return written(JSON.parse(JSON.stringify(value) ?? "null"));
}

function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${written(inner)}`).join(",")}}`;
}
