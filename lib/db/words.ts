/** Searching in rows that are kept as JSON: the database narrows by a pattern, {@link hasAllWords} decides. */

export const wordsOf = (search: string | null): string[] => (search ?? "").toLowerCase().split(/\s+/).filter(Boolean);

/**
 * A pattern for `lower(…) like … escape '!'` that matches wherever the word may stand, in plain text or inside of JSON. SQLite lowers
 * ASCII only and JSON escapes some signs, so that these match anything here.
 */
export function likePattern(word: string): string {
  return `%${word.replace(/[!_]/g, "!$&").replace(/[^\x20-\x7e]+|["\\]+/g, "%")}%`;
}

/** True when every word occurs in one of the values. */
export function hasAllWords(values: readonly string[], words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = values.join("\n").toLowerCase();
  return words.every((word) => text.includes(word));
}

/** The values of plain JSON, as text; the names of its fields do not count. */
export function valuesOf(value: unknown): string[] {
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(valuesOf);
  return value === null || value === undefined ? [] : [String(value)];
}
