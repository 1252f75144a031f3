import type { AlertDesk } from "./types";

// Modules of instrumentation and of routes are separate instances in Next.js; only globalThis is shared between them
// (vercel/next.js#69544).
const KEY = Symbol.for("matriarch.alerts");
type Slot = { [KEY]?: AlertDesk };

/** The process's alerting; null until it was started. */
export function alerts(): AlertDesk | null {
  return (globalThis as Slot)[KEY] ?? null;
}

export function setAlerts(next: AlertDesk): void {
  (globalThis as Slot)[KEY] = next;
}
