import type { ClusterState } from "../../cluster-state";
import { gatherEvidence } from "../../evidence/evidence";
import type { EpochMs } from "../../ids";
import { type Look, STALE_AFTER_INTERVALS } from "../../observation";
import type { Snapshot } from "../../snapshot";
import { buildSnapshot } from "../../snapshot/build";
import { bareText } from "../../testing/samples";
import type { FindingDraft, FindingInput, FindingRule } from "../rule";
import { NOTHING_WATCHED, type Watch } from "../watch/types";

/** What rules say of a state before anything is held back or folded, and whether what they rest on may be rested on. */

export type Said = { readonly rule: FindingRule; readonly draft: FindingDraft };

export function inputOf(
  state: ClusterState,
  previous: Snapshot | null,
  now: EpochMs,
  watch: Watch = NOTHING_WATCHED,
): FindingInput {
  const picture = buildSnapshot(state, previous, now, bareText);
  return { now, evidence: gatherEvidence(state, previous, now), state, picture, limits: state.spec.findings, watch };
}

export const allSaid = (input: FindingInput, rules: readonly FindingRule[]): Said[] =>
  rules.flatMap((rule) => rule.find(input).map((draft) => ({ rule, draft })));

/** Every look in a state by its source's id, wherever it is kept: a room that is new is not left out. */
export function looksOf(state: ClusterState): Map<string, Look<unknown>> {
  const found = new Map<string, Look<unknown>>();
  const walk = (value: unknown, depth: number): void => {
    if (typeof value !== "object" || value === null || depth > 3) return;
    if (isLook(value)) found.set(`${value.source}:${value.target}`, value);
    else for (const inner of Object.values(value)) walk(inner, depth + 1);
  };
  walk(state, 0);
  return found;
}

const isLook = (value: object): value is Look<unknown> =>
  "source" in value && "target" in value && "good" in value && "last" in value && "intervalMs" in value;

/** Freshness by its definition, told again here so that the product's own helper is not its own judge. */
export function isFresh(look: Look<unknown>, now: EpochMs): boolean {
  if (!look.good || now - look.good.at > look.intervalMs * STALE_AFTER_INTERVALS) return false;
  const failure = look.last?.failure;
  return !failure || failure.kind === "timeout" || failure.kind === "aborted";
}

/** Each piece of evidence that is stale, or of no source at all; rules about silence apart. */
export function breaches(said: readonly Said[], state: ClusterState, now: EpochMs): string[] {
  const looks = looksOf(state);
  return said.flatMap(({ rule, draft }) =>
    rule.aboutSilence
      ? []
      : draft.evidence.flatMap(({ sourceId }) => {
          if (sourceId === null) return [];
          const look = looks.get(sourceId);
          if (look && isFresh(look, now)) return [];
          return [`${rule.id} of ${draft.subject.name} rests on ${sourceId}, ${look ? "stale" : "which is no source"}`];
        }),
  );
}

/** The state with every value that is stale replaced by what `other` holds of the same source: nobody may notice. */
export function withOtherStaleValues(state: ClusterState, other: ClusterState, now: EpochMs): ClusterState {
  const values = looksOf(other);
  const swap = (value: unknown, depth: number): unknown => {
    if (typeof value !== "object" || value === null || Array.isArray(value) || depth > 3) return value;
    if (isLook(value)) {
      const theirs = values.get(`${value.source}:${value.target}`)?.good;
      if (!value.good || !theirs || isFresh(value, now) || KEPT.has(value.source)) return value;
      return { ...value, good: { ...value.good, value: theirs.value } };
    }
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, swap(inner, depth + 1)]));
  };
  return swap(state, 0) as ClusterState;
}

/** Who the members are, and where, is known from the last view of the DCS, fresh or not: it is how a silent member has a name at all. */
const KEPT: ReadonlySet<string> = new Set(["dcs", "patroni-cluster"]);

/** What was said, as it can be compared: rules about silence tell of the stale, so they are left out. */
export const inWords = (said: readonly Said[]): string[] =>
  said
    .filter(({ rule }) => !rule.aboutSilence)
    .map(({ rule, draft: { severity, subject, key, text } }) =>
      JSON.stringify([rule.id, severity, subject, key ?? null, text]),
    );

/** A rule as it would be without its looks at `trust`. */
export function gullible(rule: FindingRule): FindingRule {
  const trusting = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(trusting);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, /^trust$|Trust$/.test(key) ? "fresh" : trusting(inner)]),
    );
  };
  return {
    ...rule,
    find: (input) => rule.find({ ...input, picture: trusting(input.picture) as FindingInput["picture"] }),
  };
}

/** A rule that names nothing that it rests on. */
export const tightLipped = (rule: FindingRule): FindingRule => ({
  ...rule,
  find: (input) =>
    rule.find(input).map((draft) => ({
      ...draft,
      evidence: draft.evidence.map((one) => ({ ...one, sourceId: null })),
    })),
});
