import type { Scene } from "./scene";

/** Undoes the fault; whatever else it did to the lab is put right by `settle` and the restored configuration after it. */
export type Repair = () => Promise<void>;

/** A finding that may show beside those that are wanted, and why it is true. */
export type Allowed = { readonly finding: Wanted; readonly because: string };

/**
 * A finding by its rule (`lag-bytes`), or by its id with `*` for any text (`source-silent:patroni:*`). `{leader}`, `{replica}` and
 * `{other}` stand for the members as the scene found them.
 */
export type Wanted = string;

export type Fault = {
  /** For `--only`; kebab-case. */
  readonly name: string;
  /** What is done to the lab. */
  readonly what: string;
  /** Each of these must show. */
  readonly expect: readonly Wanted[];
  readonly allow?: readonly Allowed[];
  /** Told for a fixed time after the fault by their own definition (moves within ten minutes): their going is not waited for. */
  readonly lingers?: readonly Wanted[];
  /** Of the `findings` section of the dashboard's configuration: lowered where a fault would otherwise take long. */
  readonly limits?: Readonly<Record<string, unknown>>;
  /** Further changes of the cluster's configuration, one level deep. */
  readonly cluster?: Readonly<Record<string, unknown>>;
  /** Where the dashboard keeps its record; default: a folder of its own. */
  readonly store?: (scene: Scene) => Promise<string>;
  /** The dashboard begins to look once the fault is there: for what it looks at once an hour. */
  readonly looksAfter?: true;
  /** The settled lab has it, so the dashboard is not asked to be calm before. */
  readonly isSoAlready?: true;
  readonly showWithinMs?: number;
  readonly clearWithinMs?: number;
  inject(scene: Scene): Promise<Repair>;
  /** What is left to be taken away once the dashboard has ended. */
  readonly afterwards?: () => Promise<void>;
};

/** What settles by itself, or by `settle`. */
export const nothingMore: Repair = async () => undefined;
