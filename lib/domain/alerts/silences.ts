import type { Severity } from "../findings/finding";
import { RANK } from "../findings/rank";
import type { EpochMs } from "../ids";
import type { Silence } from "./types";

/** What a silence is matched against. */
export type Silenceable = {
  readonly scope: string;
  readonly rule: string;
  readonly subject: string;
  readonly severity: Severity;
};

export const isInForce = (silence: Silence, now: EpochMs): boolean =>
  !isOver(silence, now) && Date.parse(silence.from) <= now;

export const isOver = ({ ended, until }: Silence, now: EpochMs): boolean => ended !== null || Date.parse(until) <= now;

export const matches = ({ scope, match }: Silence, alert: Silenceable): boolean =>
  (scope === null || scope === alert.scope) &&
  (match.rule === null || match.rule === alert.rule) &&
  (match.subject === null || match.subject === alert.subject) &&
  (match.severity === null || RANK[alert.severity] >= RANK[match.severity]);

/** What keeps an alert quiet now: of several the one that lasts longest. Null: nothing does. */
export function silencedBy(alert: Silenceable, silences: Iterable<Silence>, now: EpochMs): Silence | null {
  let longest: Silence | null = null;
  for (const silence of silences) {
    if (!isInForce(silence, now) || !matches(silence, alert)) continue;
    if (longest === null || Date.parse(silence.until) > Date.parse(longest.until)) longest = silence;
  }
  return longest;
}
