import type { ClusterScope, EpochMs, Instant } from "./ids";

/** A display on a wall that signs in by a link of its own: it sees, and does nothing. No secret of it is kept here. */
export type Wall = {
  readonly id: string;
  /** Where it hangs, in somebody's words. */
  readonly title: string;
  /** Clusters that it may see; null: all. */
  readonly scopes: readonly ClusterScope[] | null;
  readonly createdAt: Instant;
  readonly createdBy: string;
  /** Until when its newest link can be opened; null: that link was used. */
  readonly linkUntil: Instant | null;
  /** When a browser last became this wall; null: none has yet. */
  readonly boundAt: Instant | null;
  /** Address that this browser came from. */
  readonly boundFrom: string | null;
  /** When it last asked for anything, to within a minute. */
  readonly seenAt: Instant | null;
  readonly revoked: { readonly at: Instant; readonly by: string } | null;
};

export const WALL_STATES = ["waiting", "expired", "bound", "revoked"] as const;
/** `waiting`: its link was not opened yet. `expired`: it never was, and cannot be any more. */
export type WallState = (typeof WALL_STATES)[number];

export function wallStateOf(wall: Pick<Wall, "boundAt" | "linkUntil" | "revoked">, now: EpochMs): WallState {
  if (wall.revoked !== null) return "revoked";
  if (wall.boundAt !== null) return "bound";
  return isLinkOpen(wall, now) ? "waiting" : "expired";
}

/** True while a browser may still become this wall by its newest link. */
export const isLinkOpen = ({ linkUntil, revoked }: Pick<Wall, "linkUntil" | "revoked">, now: EpochMs): boolean =>
  revoked === null && linkUntil !== null && Date.parse(linkUntil) > now;

/** True when a wall with these `scopes` may see the cluster. */
export const wallSees = (scopes: readonly string[] | null, scope: string): boolean =>
  scopes === null || scopes.includes(scope);
