import type { MemberView, Snapshot } from "../snapshot";

/**
 * What a fact of a condition is now. Not known: its evidence is stale, missing or not configured. `least` and `most` bound a number that is
 * known in part: of three members two are seen to run, so that at least two do.
 */
export type FactValue =
  | { readonly known: true; readonly value: string | number | boolean | null }
  | { readonly known: false; readonly least: number | null; readonly most: number | null };

export const known = (value: string | number | boolean | null): FactValue => ({ known: true, value });
export const NOT_KNOWN: FactValue = { known: false, least: null, most: null };

/** A number within bounds; null: no bound. */
export const within = (least: number | null, most: number | null): FactValue =>
  least !== null && least === most ? known(least) : { known: false, least, most };

/** Null is not known. */
export const maybe = (value: string | number | boolean | null): FactValue =>
  value === null ? NOT_KNOWN : known(value);

/** `unit` of a number: a count is a bare number, sizes are in bytes and durations in ms. `values`: all that a text can be. `none`: may be nobody. */
export type FactType =
  | { readonly type: "boolean" }
  | { readonly type: "number"; readonly unit: "count" | "bytes" | "ms" }
  | { readonly type: "text"; readonly values: readonly string[] | null; readonly none?: true }
  | { readonly type: "member"; readonly none?: true };

/** `argument`: what stands in its parentheses, a finding's rule or a path in the dynamic configuration; null: nothing does. */
export type ClusterFact = FactType & {
  readonly argument: "rule" | "path" | null;
  readonly read: (picture: Snapshot, argument: string) => FactValue;
};

export type MemberFact = FactType & {
  readonly read: (member: MemberView, picture: Snapshot) => FactValue;
  /** Of a name that the picture does not have; without it: not known. */
  readonly ofStranger?: (name: string, picture: Snapshot) => FactValue;
};

/** How many of them are so, where some may not be known. `whole`: none is out of sight. */
export function countOf<T>(items: readonly T[], is: (item: T) => FactValue, whole: boolean): FactValue {
  const values = items.map(is);
  const least = values.filter((value) => value.known && value.value === true).length;
  const open = values.filter((value) => !value.known).length;
  return within(least, whole ? least + open : null);
}
