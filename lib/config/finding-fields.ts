import type { z } from "zod";
import { DEFAULT_LIMITS, type FindingLimits } from "@/lib/domain/findings/limits";
import { duration, list, map, size, text, whole } from "./fields";

/**
 * The grammar of `clusters[].findings`. Its keys are those of `FindingLimits`, without the unit that the file's own spelling carries:
 * `lagWarnBytes` is `lagWarn: 64MB`, `blockedMs` is `blocked: 1m`, `lagWarnSeconds` is `lagWarnTime: 60s`.
 */

export type LimitName = Exclude<keyof FindingLimits, "disabled">;
export const LIMIT_NAMES = Object.keys(DEFAULT_LIMITS).filter((name) => name !== "disabled") as LimitName[];

const DURATION_MAX_MS = 366 * 86_400_000;
const COUNT_MAX = 2_147_483_647;
const DAYS_MAX = 3_660;

type Unit = { readonly suffix: string; readonly as: string; readonly field: () => z.ZodType<number, unknown> };

const UNITS: readonly Unit[] = [
  { suffix: "Bytes", as: "", field: () => size() },
  { suffix: "Ms", as: "", field: () => duration(1, DURATION_MAX_MS) },
  { suffix: "Seconds", as: "Time", field: () => duration(1_000, DURATION_MAX_MS).transform((ms) => ms / 1_000) },
  { suffix: "Percent", as: "Percent", field: () => whole(1, 100, "a share in percent, from 1 to 100") },
  { suffix: "Days", as: "Days", field: () => whole(1, DAYS_MAX, `whole days from 1 to ${DAYS_MAX}`) },
];
const COUNT: Unit = { suffix: "", as: "", field: () => whole(1, COUNT_MAX, "a whole number of at least 1") };

const unitOf = (name: LimitName): Unit => UNITS.find(({ suffix }) => name.endsWith(suffix)) ?? COUNT;

/** How a limit is called in the file. */
export function keyOf(name: LimitName): string {
  const { suffix, as } = unitOf(name);
  return suffix === "" ? name : `${name.slice(0, -suffix.length)}${as}`;
}

export const findingFields = map({
  ...Object.fromEntries(LIMIT_NAMES.map((name) => [keyOf(name), unitOf(name).field().optional()])),
  disabled: list(text("a rule's name"), "rules").optional(),
} as { readonly disabled: z.ZodOptional<z.ZodArray<z.ZodString>> });
