import type { ConfigurationPatch } from "../actions/request";
import type { Difference } from "./compare";
import { joinPatches, patchAt, sameValue, valueAt } from "./path";
import { HIDDEN } from "./redact";

/** One place that cannot be put back, and why. */
export type RevertObstacle = {
  readonly path: string;
  /**
   * `changed-since`: it says something else by now than this change had made of it. `secret`: what it was, or is, was hidden from
   * the record. `pause`: is ended by resuming, not by writing the key.
   */
  readonly why: "changed-since" | "secret" | "pause";
  /** What it was before the change, what the change made of it, what it is now. */
  readonly before: unknown;
  readonly after: unknown;
  readonly now: unknown;
};

export type Revert = {
  /** Puts back all that can be put back; empty when nothing can, or everything is as it was already. */
  readonly patch: ConfigurationPatch;
  readonly restores: readonly Difference[];
  readonly obstacles: readonly RevertObstacle[];
  /** Paths that already say what they said before the change. */
  readonly already: readonly string[];
};

/**
 * What undoes a change, judged against the configuration in force. Only a place that still says what the change made of it is put
 * back: whatever was changed again since is somebody's later decision.
 */
export function revertOf(differences: readonly Difference[], present: unknown): Revert {
  const restores: Difference[] = [];
  const obstacles: RevertObstacle[] = [];
  const already: string[] = [];
  for (const { path, before, after } of differences) {
    const now = valueAt(present, path);
    const refuse = (why: RevertObstacle["why"]) => obstacles.push({ path, why, before, after, now });
    if (path === "pause") refuse("pause");
    else if ([before, after, now].some(hides)) refuse("secret");
    else if (sameValue(now, before)) already.push(path);
    else if (!sameValue(now, after)) refuse("changed-since");
    else restores.push({ path, before: now, after: before });
  }
  return { patch: joinPatches(restores.map((one) => patchAt(one.path, one.after))), restores, obstacles, already };
}

/** True where a value, or a part of it, stands for something that was hidden. */
export const hides = (value: unknown): boolean => JSON.stringify(value ?? null).includes(HIDDEN);
