import type { Live } from "./types";

// Modules of instrumentation and of routes are separate instances in Next.js; only globalThis is shared between them
// (vercel/next.js#69544).
const KEY = Symbol.for("matriarch.live");
type Slot = { [KEY]?: Live };

/** The process's live store; null until the collectors were started. */
export function live(): Live | null {
  return (globalThis as Slot)[KEY] ?? null;
}

export function setLive(next: Live): void {
  (globalThis as Slot)[KEY] = next;
}
