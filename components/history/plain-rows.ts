/** Rows that a list of facts is cut off after: evidence is for reading, and the whole of it is in the API. */
const ROWS_MAX = 60;

/**
 * Plain JSON as name and text, nested values under their path (`was.state`), lists of scalars in one row. Null is spelled out:
 * an absent value is a fact too.
 */
export function plainRows(value: unknown, path = ""): readonly (readonly [string, string])[] {
  if (typeof value !== "object" || value === null) return path === "" ? [] : [[path, String(value)]];
  if (Array.isArray(value) && value.every((item) => typeof item !== "object" || item === null)) {
    return path === "" ? [] : [[path, value.length === 0 ? "[]" : value.map(String).join(", ")]];
  }
  return Object.entries(value)
    .flatMap(([key, inner]) => plainRows(inner, path === "" ? key : `${path}.${key}`))
    .slice(0, ROWS_MAX);
}
