import type { WallDesk } from "./types";

// Modules of instrumentation and of routes are separate instances in Next.js; only globalThis is shared between them
// (vercel/next.js#69544).
const KEY = Symbol.for("matriarch.walls");
type Slot = { [KEY]?: WallDesk };

/** The process's walls; null until they were started. */
export function walls(): WallDesk | null {
  return (globalThis as Slot)[KEY] ?? null;
}

export function setWalls(next: WallDesk): void {
  (globalThis as Slot)[KEY] = next;
}
