/** A string, or an integer too long for a double that stands alone (not part of a longer number). */
const STRING_OR_LONG_INTEGER = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\w.+-])-?\d{16,}(?![\d.eE])/g;

/**
 * `JSON.parse` that keeps integers of 16 digits and more as text: write-ahead log positions and system identifiers are
 * 64 bits wide, and a double would round them silently. Undefined for what is not JSON (a body cut short, for example).
 */
export function parseJson(text: string): unknown {
  try {
    const safe = /\d{16}/.test(text)
      ? text.replace(STRING_OR_LONG_INTEGER, (token) => (token.startsWith('"') ? token : `"${token}"`))
      : text;
    return JSON.parse(safe) as unknown;
  } catch {
    return undefined;
  }
}
