import type { Actions } from "./types";

// Modules of instrumentation and of routes are separate instances in Next.js; only globalThis is shared between them
// (vercel/next.js#69544).
const KEY = Symbol.for("matriarch.actions");
type Slot = { [KEY]?: Actions };

/** The process's pipeline of actions; null until it was started. */
export function actions(): Actions | null {
  return (globalThis as Slot)[KEY] ?? null;
}

export function setActions(next: Actions): void {
  (globalThis as Slot)[KEY] = next;
}
