import type { ClusterState } from "../../cluster-state";
import { freshOf } from "../../evidence/evidence";
import type { EpochMs } from "../../ids";
import { parseLsn } from "../../lsn";
import { know } from "../../observation";
import { hopsOf } from "../hops";
import type { FindingPicture } from "../rule";
import { TRACK_POINTS_MAX, TRACK_STEP_MS, type TrackPoint, type Watch } from "./types";

type Figures = Readonly<Record<string, number | null>>;

/** Figures whose course matters, by fresh evidence; null or absent: not known now. Keys are `<what>:<of what>`. */
const TRACKED: readonly ((picture: FindingPicture, state: ClusterState, now: EpochMs) => Figures)[] = [
  // Bytes that a member has not replayed of what its own upstream has.
  (picture, state, now) =>
    Object.fromEntries(hopsOf(picture, state, now).map(({ member, bytes }) => [`replay-lag:${member.name}`, bytes])),
  // Where each server that others follow was when, as a byte position: how old a replica is follows from it without a second clock.
  (picture, state, now) =>
    Object.fromEntries(
      sendersOf(picture).map((name) => {
        const position = parseLsn(freshOf(know(state.postgres[name], now))?.lsn);
        return [`wal:${name}`, position === null ? null : Number(position)];
      }),
    ),
  // Queries cancelled by replay, since the statistics were last reset.
  (_picture, state, now) =>
    Object.fromEntries(
      Object.entries(state.vitals).map(([name, look]) => [
        `conflicts:${name}`,
        freshOf(know(look, now))?.databases.conflicts ?? null,
      ]),
    ),
];

function sendersOf({ members, leader }: FindingPicture): string[] {
  const upstreams = members.flatMap(({ upstream }) => upstream ?? []);
  return [...new Set(leader === null ? upstreams : [leader.name, ...upstreams])];
}

/** One point a step; a figure that is not known leaves a hole, and one that nobody knows any more is forgotten with its points. */
export function foldTracks(
  before: Watch["tracks"],
  picture: FindingPicture,
  state: ClusterState,
  now: EpochMs,
): Watch["tracks"] {
  const next: Record<string, readonly TrackPoint[]> = {};
  const figures = Object.assign({}, ...TRACKED.map((of) => of(picture, state, now))) as Figures;
  for (const key of new Set([...Object.keys(before), ...Object.keys(figures)])) {
    const points = (before[key] ?? []).filter(({ at }) => now - at <= TRACK_STEP_MS * TRACK_POINTS_MAX);
    const value = figures[key] ?? null;
    const due = now - (points.at(-1)?.at ?? Number.NEGATIVE_INFINITY) >= TRACK_STEP_MS;
    const all = value !== null && due ? [...points, { at: now, value }].slice(-TRACK_POINTS_MAX) : points;
    if (all.length > 0) next[key] = all;
  }
  return next;
}
