import type { EpochMs } from "../ids";
import type { Untold } from "./tell";

/** Since when each notifier has something to tell, by `<notifier>|<about>`. */
export type Batches = ReadonlyMap<string, EpochMs>;

export const NO_BATCHES: Batches = new Map();

export type Batch = {
  readonly notifier: string;
  readonly about: Untold["about"];
  readonly items: readonly Untold[];
};

/** What is to be told waits `batchMs` for company, and goes out in one message. */
export function foldBatches(
  before: Batches,
  untold: readonly Untold[],
  batchMs: number,
  now: EpochMs,
): { readonly batches: Batches; readonly ready: readonly Batch[] } {
  const groups = new Map<string, Untold[]>();
  for (const one of untold) {
    const key = `${one.notifier}|${one.about}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const batches = new Map<string, EpochMs>();
  const ready: Batch[] = [];
  for (const [key, items] of groups) {
    const [first] = items;
    const since = before.get(key) ?? now;
    if (first && now - since >= batchMs) ready.push({ notifier: first.notifier, about: first.about, items });
    else batches.set(key, since);
  }
  return { batches, ready };
}
