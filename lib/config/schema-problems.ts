import type { z } from "zod";
import { describeFound, type KeyPath, type Problem } from "./problem";
import type { YamlSource } from "./yaml-source";

/** What a schema found wrong, with its place in the file. No secret is in it. */
export function toProblems(issue: z.core.$ZodIssue, source: YamlSource): Problem[] {
  const path = issue.path.map((part) => (typeof part === "number" ? part : String(part)));
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => {
      const at = [...path, key];
      return { path: at, line: source.lineOfKey(at), expected: issue.message, found: "an unknown key" };
    });
  }
  const value = valueAt(source.plain, path);
  // A text in place of a whole map may be a secret whose key was forgotten.
  const misplaced =
    typeof value === "string" && issue.code === "invalid_type" && /^(object|array)$/.test(issue.expected);
  const found = misplaced ? "a text (not shown)" : describeFound(path, value, source.variablesOf(path));
  return [{ path, line: source.lineOf(path), expected: issue.message, found }];
}

function valueAt(plain: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      value !== null && typeof value === "object" ? (value as Record<string | number, unknown>)[part] : undefined,
    plain,
  );
}
