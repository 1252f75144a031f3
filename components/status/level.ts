import type { Finding, Trust, WritePathState } from "@/lib/domain/snapshot";

/** How much something deserves the eye. `ok` is nearly colourless on purpose; `blind` is never drawn as any of the others. */
export type Level = "ok" | "info" | "warn" | "crit" | "split" | "blind";

export const LEVEL_OF_STATE: Readonly<Record<WritePathState, Level>> = {
  ok: "ok",
  degraded: "warn",
  broken: "crit",
  split: "split",
  unknown: "blind",
};

export const LEVEL_OF_SEVERITY: Readonly<Record<Finding["severity"], Level>> = {
  info: "info",
  warn: "warn",
  critical: "crit",
  unknown: "blind",
};

/** Classes are literal, since Tailwind only sees what is spelled out. */
export const TEXT_OF_LEVEL: Readonly<Record<Level, string>> = {
  ok: "text-ink-2",
  info: "text-ink-2",
  warn: "text-warn",
  crit: "text-crit",
  split: "text-crit",
  blind: "text-blind",
};

/** A claim may not look better than the trust put into it: without fresh evidence it is blind. */
export const levelUnderTrust = (level: Level, trust: Trust): Level =>
  trust === "stale" || trust === "unknown" ? "blind" : level;
