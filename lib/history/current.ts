import type { History } from "./types";

// Modules of instrumentation and of routes are separate instances in Next.js; only globalThis is shared between them
// (vercel/next.js#69544).
const KEY = Symbol.for("matriarch.history");
type Slot = { [KEY]?: History };

/** The process's record; null until it was opened. */
export function history(): History | null {
  return (globalThis as Slot)[KEY] ?? null;
}

export function setHistory(next: History): void {
  (globalThis as Slot)[KEY] = next;
}
