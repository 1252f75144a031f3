/** One place where two configurations differ; null stands for a key that was not there. */
export type Difference = { readonly path: string; readonly before: unknown; readonly after: unknown };

type Plain = Readonly<Record<string, unknown>>;
const isPlain = (value: unknown): value is Plain =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Where two plain JSON values differ, by path (`postgresql.parameters.max_connections`), in alphabetical order. A key that is
 * absent counts as null. Lists are compared as a whole: rules of `pg_hba` mean something only in their order.
 */
export function compare(before: unknown, after: unknown, path = ""): Difference[] {
  if (isPlain(before) || isPlain(after)) {
    const [a, b] = [isPlain(before) ? before : {}, isPlain(after) ? after : {}];
    // A scalar that became a section, or the reverse, is one change and not the sum of its parts.
    if ((isPlain(before) || isNothing(before)) && (isPlain(after) || isNothing(after))) {
      return [...new Set([...Object.keys(a), ...Object.keys(b)])]
        .sort()
        .flatMap((key) => compare(a[key], b[key], path === "" ? key : `${path}.${key}`));
    }
  }
  const same = JSON.stringify(before ?? null) === JSON.stringify(after ?? null);
  return same ? [] : [{ path, before: before ?? null, after: after ?? null }];
}

const isNothing = (value: unknown): boolean => value === null || value === undefined;
