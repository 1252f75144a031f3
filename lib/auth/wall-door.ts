import type { EpochMs } from "@/lib/domain/ids";

/** A wall that was let in: it may see, and some clusters only. */
export type WallActor = {
  readonly kind: "wall";
  readonly id: string;
  /** Its title, as it stands in the record. */
  readonly name: string;
  readonly role: "viewer";
  /** Clusters that it may see; null: all. */
  readonly scopes: readonly string[] | null;
};

/** What a wall's cookie stands for. `unknown`: the walls cannot be read now, so that it is neither let in nor turned away. */
export type SeenWall =
  | { readonly kind: "ok"; readonly actor: WallActor }
  | { readonly kind: "none" }
  | { readonly kind: "unknown" };

/**
 * What becomes of a link that was opened. `used`: another browser became the wall by it. `over`: it was not opened in time, or the wall
 * was revoked. `store-failed`: nothing was done.
 */
export type EnteredWall =
  | { readonly kind: "entered"; readonly title: string; readonly secret: string }
  /** This browser is a wall already, and the link has nothing to give. */
  | { readonly kind: "already"; readonly title: string }
  | { readonly kind: "refused"; readonly code: "not-found" | "link-used" | "link-over" | "store-failed" };

/** Who knows the walls; set at the start, since this room knows no store. */
export type WallDoor = {
  see(secret: string): Promise<SeenWall>;
  /** At once, for streams that last: false when the wall was revoked, or another browser has become it. */
  holds(secret: string): boolean;
  enter(token: string, present: string | null, from: string | null, now: EpochMs): Promise<EnteredWall>;
};

// On globalThis: it is set at the start, and each route's bundle has modules of its own (vercel/next.js#69544).
const KEY = Symbol.for("matriarch.wall-door");
type Slot = { [KEY]?: WallDoor };

/** Null until the walls were started. */
export function wallDoor(): WallDoor | null {
  return (globalThis as Slot)[KEY] ?? null;
}

export function setWallDoor(next: WallDoor): void {
  (globalThis as Slot)[KEY] = next;
}
