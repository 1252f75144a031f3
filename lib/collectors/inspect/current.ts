import type { Inspector } from "./inspector";

// Modules of instrumentation and of routes are separate instances in Next.js; only globalThis is shared between them
// (vercel/next.js#69544).
const KEY = Symbol.for("matriarch.inspector");
type Slot = { [KEY]?: Inspector };

/** The process's inspector; null until it was started. */
export function inspector(): Inspector | null {
  return (globalThis as Slot)[KEY] ?? null;
}

export function setInspector(next: Inspector): void {
  (globalThis as Slot)[KEY] = next;
}
