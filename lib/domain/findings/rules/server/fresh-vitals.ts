import { sourceId } from "../../../evidence/evidence";
import type { EpochMs, MemberName } from "../../../ids";
import type { Message } from "../../../message";
import { know } from "../../../observation";
import type { PostgresVitals } from "../../../vitals/facts";
import type { FindingEvidence } from "../../finding";
import type { FindingInput } from "../../rule";

/** One member's slow look, while it may be built upon. */
export type FreshVitals = {
  readonly name: MemberName;
  readonly vitals: PostgresVitals;
  /** When it had been answered, by our clock, and how long that took, in ms. */
  readonly at: EpochMs;
  readonly tookMs: number;
};

export function freshVitals({ evidence, state, now }: Pick<FindingInput, "evidence" | "state" | "now">): FreshVitals[] {
  return evidence.members.flatMap(({ name }) => {
    const look = state.vitals[name];
    const known = know(look, now);
    if (known.state !== "fresh") return [];
    return [{ name, vitals: known.value, at: known.at, tookMs: look?.good?.tookMs ?? 0 }];
  });
}

export const byVitals = (name: MemberName, text: Message): FindingEvidence[] => [
  { text, sourceId: sourceId("postgres-vitals", name) },
];
