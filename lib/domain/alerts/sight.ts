import type { Finding } from "../findings/finding";
import { RULES } from "../findings/rules";
import type { ClusterScope, EpochMs, Instant } from "../ids";
import type { SourceView, WritePathCode } from "../snapshot";

/** What one dashboard itself has seen of a cluster's findings, from picture to picture; shared with nobody. */

/** The part of a picture that alerts rest on. */
export type AlertPicture = {
  readonly scope: ClusterScope;
  readonly findings: readonly Finding[];
  readonly watch: { readonly pending: Readonly<Record<string, Instant>> };
  readonly writePath: { readonly code: WritePathCode };
  readonly sources: readonly Pick<SourceView, "id" | "stale" | "lastOkAt">[];
};

export type Sight = {
  readonly picture: AlertPicture;
  /** Since when a finding has stood by itself, under no other; by its id. */
  readonly rootSince: ReadonlyMap<string, EpochMs>;
  /** Since when a finding has been gone for certain; by its id. Only of those that are asked about. */
  readonly goneSince: ReadonlyMap<string, EpochMs>;
  /** Findings that were gone in the picture before, and are back. */
  readonly returned: ReadonlySet<string>;
};

/** An open alert, as far as its disappearance is concerned. */
export type Sought = { readonly findingId: string; readonly rule: string; readonly sourceIds: readonly string[] };

/** `sought`: the open alerts of this cluster. */
export function foldSight(before: Sight | null, picture: AlertPicture, sought: readonly Sought[], now: EpochMs): Sight {
  const roots = picture.findings.filter(({ under }) => under === null);
  const rootSince = new Map(
    roots.map(({ id, since }) => [
      id,
      before === null ? Date.parse(since) : (before.rootSince.get(id) ?? beganAt(before, id, since, now)),
    ]),
  );
  const goneSince = new Map<string, EpochMs>();
  for (const one of sought) {
    if (isGone(picture, one)) goneSince.set(one.findingId, before?.goneSince.get(one.findingId) ?? now);
  }
  const returned = new Set(picture.findings.flatMap(({ id }) => (before?.goneSince.has(id) ? [id] : [])));
  return { picture, rootSince, goneSince, returned };
}

/** One that was folded under another until now has to last by itself; one that is new has lasted since it began. */
const beganAt = (before: Sight, id: string, since: Instant, now: EpochMs): EpochMs =>
  before.picture.findings.some((finding) => finding.id === id) ? now : Date.parse(since);

/**
 * Whether a finding's condition is over: it does not hold, and what it was seen by can be seen. While we are blind, have just begun to
 * look, or one of its sources says nothing, it cannot be told: unknown is not well.
 */
export function isGone({ findings, watch, writePath, sources }: AlertPicture, sought: Sought): boolean {
  if (findings.some(({ id }) => id === sought.findingId) || sought.findingId in watch.pending) return false;
  if (isBlind(writePath.code)) return false;
  if (ABOUT_SILENCE.has(sought.rule)) return true;
  return !sources.some(({ id, stale, lastOkAt }) => sought.sourceIds.includes(id) && (stale || lastOkAt === null));
}

export const isBlind = (code: WritePathCode): boolean => code === "blind" || code === "starting";

const ABOUT_SILENCE: ReadonlySet<string> = new Set(
  RULES.filter(({ aboutSilence }) => aboutSilence).map(({ id }) => id),
);
