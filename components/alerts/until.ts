import type { EpochMs } from "@/lib/domain/ids";

const HOUR = 3_600_000;
const MORNING_HOUR = 8;

/** Ends that are chosen most, on the reader's own clock. */
export const UNTIL_PRESETS = ["hour1", "hours4", "morning"] as const;
export type UntilPreset = (typeof UNTIL_PRESETS)[number];

export function untilOf(preset: UntilPreset, from: EpochMs): EpochMs {
  if (preset === "hour1") return from + HOUR;
  if (preset === "hours4") return from + 4 * HOUR;
  const morning = new Date(from);
  morning.setDate(morning.getDate() + 1);
  morning.setHours(MORNING_HOUR, 0, 0, 0);
  return morning.getTime();
}
