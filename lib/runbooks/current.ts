import type { RunDesk } from "./types";

// Modules of instrumentation and of routes are separate instances in Next.js; only globalThis is shared between them
// (vercel/next.js#69544).
const KEY = Symbol.for("matriarch.runs");
type Slot = { [KEY]?: RunDesk };

/** The process's runs; null until they were started. */
export function runs(): RunDesk | null {
  return (globalThis as Slot)[KEY] ?? null;
}

export function setRuns(next: RunDesk): void {
  (globalThis as Slot)[KEY] = next;
}
