import type { EpochMs, Instant } from "../../ids";

/**
 * What findings that need time remember from one picture to the next. Carried by the picture itself, so that the same pictures give
 * the same findings.
 */
export type Watch = {
  /** Conditions that hold, and not for long enough yet to be called a finding: since when, by the finding's id. */
  readonly pending: Readonly<Record<string, Instant>>;
  /** When something changed lately, oldest first, by what it is (see `changes.ts`). */
  readonly changes: Readonly<Record<string, readonly Instant[]>>;
  /** What each watched thing was when it could last be told: an address that is nowhere for a moment has moved all the same. */
  readonly told: Readonly<Record<string, string>>;
  /** Figures as they were at steps of {@link TRACK_STEP_MS}, oldest first, by what they are (see `tracks.ts`). */
  readonly tracks: Readonly<Record<string, readonly TrackPoint[]>>;
};

export type TrackPoint = { readonly at: EpochMs; readonly value: number };

export const TRACK_STEP_MS = 30_000;
export const TRACK_POINTS_MAX = 20;
/** Changes are remembered for so long, in ms, and at most so many of one kind. */
export const CHANGES_KEPT_MS = 3_600_000;
export const CHANGES_MAX = 20;

export const NOTHING_WATCHED: Watch = { pending: {}, changes: {}, told: {}, tracks: {} };
