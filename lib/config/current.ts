import type { Config } from "./types";

// Modules of instrumentation and of routes are separate instances in Next.js; only globalThis is shared between them
// (vercel/next.js#69544).
const KEY = Symbol.for("matriarch.config");
type Slot = { [KEY]?: Config };

/** The configuration that this process was started with. Throws before `setConfig`: nothing may run without it. */
export function config(): Config {
  const loaded = (globalThis as Slot)[KEY];
  if (!loaded) throw new Error("the configuration was asked for before it was loaded");
  return loaded;
}

export function setConfig(next: Config): void {
  (globalThis as Slot)[KEY] = next;
}
