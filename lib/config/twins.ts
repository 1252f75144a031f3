import type { KeyPath } from "./problem";
import type { Report } from "./secrets";

/** Reports every entry that bears a name which an earlier one has. */
export function reportTwins<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  path: KeyPath,
  key: string,
  report: Report,
): void {
  const first = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    const name = nameOf(item);
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, index);
    else report([...path, index, key], `a ${key} that no other entry has`, `${JSON.stringify(name)} again`);
  }
}
