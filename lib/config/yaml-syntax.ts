import type { ErrorCode } from "yaml";

/** What the YAML grammar wanted, in our words: the parser's own messages may quote the text around the mistake. */
const EXPECTED: Partial<Record<ErrorCode, string>> = {
  BAD_ALIAS: "valid YAML: a text that begins with * or & needs quotes",
  BAD_DIRECTIVE: "valid YAML: a line that begins with % needs quotes",
  BAD_DQ_ESCAPE: "valid YAML: a known escape after \\ in double quotes (or single quotes around the text)",
  BAD_INDENT: "valid YAML: consistent indentation, and every [ or { closed",
  BAD_SCALAR_START: "valid YAML: a text that begins with a special character needs quotes",
  BLOCK_AS_IMPLICIT_KEY: "valid YAML: one `key: value` a line, a value with `: ` in quotes, and even indentation",
  DUPLICATE_KEY: "valid YAML: every key once in its map",
  MISSING_CHAR: "valid YAML: a closing quote or bracket, or the `:` after a key",
  MULTILINE_IMPLICIT_KEY: "valid YAML: `key: value` with a space after the colon",
  MULTIPLE_DOCS: "one YAML document",
  NON_STRING_KEY: "valid YAML: keys that are texts",
  TAB_AS_INDENT: "valid YAML: spaces for indentation, no tabs",
  TAG_RESOLVE_FAILED: "valid YAML: a text that begins with ! needs quotes",
  UNEXPECTED_TOKEN: "valid YAML: quotes around texts with special characters, every bracket in its place",
};

export const describeSyntax = (code: ErrorCode): string => EXPECTED[code] ?? "valid YAML";
