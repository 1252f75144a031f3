import { type ClusterScope, type EpochMs, instant } from "../ids";
import { message } from "../message";
import type { ClusterEvent } from "./event";

/** What the record holds of the run before this one. */
export type RunBefore = {
  /** When it last noted that it was there, in epoch ms. */
  readonly lastAt: EpochMs;
  /** Whether it said that it was being stopped. */
  readonly orderly: boolean;
};

/** `before` is null where the record holds no earlier run. */
export function startedEvent(scope: ClusterScope, boot: string, now: EpochMs, before: RunBefore | null): ClusterEvent {
  const awayMs = before && Math.max(0, now - before.lastAt);
  const key = before === null ? "started" : before.orderly ? "started-after" : "started-crash";
  const text = message(`event.dashboard.${key}`, awayMs === null ? {} : inUnits(awayMs));
  const severity = before && !before.orderly ? "warn" : "info";
  const data = { boot, awayMs, lastSeenAt: before && instant(before.lastAt), orderly: before?.orderly ?? null };
  return { ...base(scope, now), severity, text, data, dedupe: `dashboard:${boot}:started` };
}

export function stoppedEvent(scope: ClusterScope, boot: string, now: EpochMs): ClusterEvent {
  const text = message("event.dashboard.stopped");
  return { ...base(scope, now), severity: "info", text, data: { boot }, dedupe: `dashboard:${boot}:stopped` };
}

const base = (scope: ClusterScope, now: EpochMs) =>
  ({ scope, at: instant(now), notBefore: null, kind: "dashboard", subject: scope, source: "dashboard" }) as const;

function inUnits(ms: number): { amount: number; unit: "s" | "min" | "h" | "d" } {
  const minutes = ms / 60_000;
  if (minutes < 2) return { amount: Math.round(ms / 1_000), unit: "s" };
  if (minutes < 120) return { amount: Math.round(minutes), unit: "min" };
  return minutes < 2_880
    ? { amount: Math.round(minutes / 60), unit: "h" }
    : { amount: Math.round(minutes / 1_440), unit: "d" };
}
