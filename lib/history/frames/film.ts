import type { EpochMs } from "@/lib/domain/ids";
import type { Snapshot } from "@/lib/domain/snapshot";
import { changesWriter, isUrgent } from "@/lib/domain/snapshot/diff";
import { encodeChange, encodeWhole } from "./codec";

/** One picture to store. */
export type Frame = {
  readonly at: EpochMs;
  readonly boot: string;
  readonly version: number;
  /** `at` of the whole picture that it builds on; its own when it is one. */
  readonly keyAt: EpochMs;
  readonly urgent: boolean;
  readonly body: Uint8Array;
};

/** Of pictures in which nothing but ages and counters changed, one each so many ms is kept. */
export const QUIET_MS = 10_000;
/** A whole picture at least this often, in ms. */
export const WHOLE_MS = 300_000;
/** A change that takes more than this part of its whole picture is stored as a whole one. */
const DRIFT_MAX = 0.6;

/**
 * Chooses which pictures of one cluster in one run are stored, and how. Every picture that differs from the one before in
 * something that a person wants to see is kept, so that no sentence that was shown is missed.
 */
export function createFilm(boot: string): { take(snapshot: Snapshot): Frame | null } {
  let before: Snapshot | null = null;
  let storedAt = Number.NEGATIVE_INFINITY;
  let key: { readonly snapshot: Snapshot; readonly at: EpochMs; readonly bytes: number } | null = null;

  function develop(snapshot: Snapshot, at: EpochMs): Pick<Frame, "keyAt" | "body"> {
    // Two pictures of one millisecond could not tell which of them is the whole one that others build on.
    const change = key && at > key.at && at - key.at < WHOLE_MS ? encodeChange(key.snapshot, snapshot) : null;
    if (key && change && change.byteLength <= key.bytes * DRIFT_MAX) return { keyAt: key.at, body: change };
    const body = encodeWhole(snapshot);
    key = { snapshot, at, bytes: body.byteLength };
    return { keyAt: at, body };
  }

  return {
    take(snapshot) {
      const urgent = before === null || changesWriter(before, snapshot) || isUrgent(before, snapshot);
      before = snapshot;
      const at = Date.parse(snapshot.at);
      if (!urgent && at - storedAt < QUIET_MS) return null;
      storedAt = at;
      return { at, boot, version: snapshot.version, urgent, ...develop(snapshot, at) };
    },
  };
}
