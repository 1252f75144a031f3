import type { ClusterScope, Instant } from "@/lib/domain/ids";
import type { Snapshot } from "@/lib/domain/snapshot";

/**
 * What `GET /api/v1/stream` sends. First a `snapshot` of each cluster asked for, then `patch`es, and a `heartbeat` at least
 * every {@link HEARTBEAT_MS}. `boot` names the server process: versions compare only within one boot. `now` is the server's
 * clock when the frame was written, so that the browser can tell ages without trusting its own.
 */
export type StreamEvent =
  | { readonly type: "snapshot"; readonly boot: string; readonly now: Instant; readonly snapshot: Snapshot }
  | {
      readonly type: "patch";
      readonly boot: string;
      readonly now: Instant;
      readonly scope: ClusterScope;
      /** The version that this patch makes of `base`. */
      readonly version: number;
      readonly base: number;
      /** Whole top-level sections of the snapshot that differ. */
      readonly set: Partial<Snapshot>;
    }
  | { readonly type: "heartbeat"; readonly boot: string; readonly now: Instant };

export const HEARTBEAT_MS = 3_000;
/** Without any frame for this long the browser marks everything stale. */
export const SILENCE_MS = 10_000;

/** A cluster as a client holds it. */
export type Held = { readonly boot: string; readonly snapshot: Snapshot };

export type Applied =
  | { readonly kind: "applied"; readonly held: Held }
  /** Not newer than what is held: dropped. */
  | { readonly kind: "ignored" }
  /** The patch's base is not what is held: the client must ask for the whole snapshot. */
  | { readonly kind: "gap" };

/** Folds one event into what is held of that cluster. Pure; drops whatever is not newer. */
export function applyStreamEvent(held: Held | undefined, event: Exclude<StreamEvent, { type: "heartbeat" }>): Applied {
  if (event.type === "snapshot") {
    const older = held && held.boot === event.boot && held.snapshot.version >= event.snapshot.version;
    return older ? { kind: "ignored" } : { kind: "applied", held: { boot: event.boot, snapshot: event.snapshot } };
  }
  if (!held || held.boot !== event.boot) return { kind: "gap" };
  if (event.version <= held.snapshot.version) return { kind: "ignored" };
  if (event.base !== held.snapshot.version) return { kind: "gap" };
  return {
    kind: "applied",
    held: { boot: event.boot, snapshot: { ...held.snapshot, ...event.set, version: event.version } },
  };
}
