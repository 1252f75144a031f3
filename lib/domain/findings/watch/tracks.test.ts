import { describe, expect, test } from "vitest";
import type { ClusterState } from "../../cluster-state";
import type { DcsMemberStatus, PostgresFacts } from "../../facts";
import type { EpochMs } from "../../ids";
import { buildSnapshot } from "../../snapshot/build";
import { answer, cutHost, healthyState, NOW, patchPostgres } from "../../testing/builders";
import { LEADER_LSN, walSender } from "../../testing/facts";
import { aged } from "../../testing/judge";
import { bareText } from "../../testing/samples";
import { foldChanges } from "./changes";
import { foldTracks } from "./tracks";
import { NOTHING_WATCHED, TRACK_POINTS_MAX, TRACK_STEP_MS, type Watch } from "./types";

const pictureOf = (state: ClusterState, now: EpochMs = NOW) => buildSnapshot(state, null, now, bareText);
const tracksOf = (state: ClusterState, before: Watch["tracks"] = {}, now: EpochMs = NOW) =>
  foldTracks(before, pictureOf(state, now), state, now);
const lastOf = (tracks: Watch["tracks"], key: string) => tracks[key]?.at(-1)?.value;

describe("tracks", () => {
  test("hold each replica's lag, where the leader is, and what replay cancelled", () => {
    const tracks = tracksOf(healthyState());
    expect(Object.keys(tracks).sort()).toEqual([
      "conflicts:node1",
      "conflicts:node2",
      "conflicts:node3",
      "replay-lag:node2",
      "replay-lag:node3",
      "wal:node1",
    ]);
    expect(lastOf(tracks, "replay-lag:node3")).toBe(8_192);
    expect(lastOf(tracks, "wal:node1")?.toString(16).toUpperCase()).toBe(LEADER_LSN.replace("/", ""));
  });

  test("of a cascade hold the lag behind the own upstream, and where that one is", () => {
    const sends = patchPostgres(healthyState(), "node2", { senders: [walSender("node3", 2, { replayLagBytes: 7 })] });
    const state = answer(sends, "postgres", "node3", (was: PostgresFacts) => ({
      ...was,
      receiver: was.receiver && { ...was.receiver, senderHost: "10.0.0.2" },
    }));
    const tracks = tracksOf(state);
    expect(lastOf(tracks, "replay-lag:node3")).toBe(7);
    expect(tracks["wal:node2"]).toHaveLength(1);
  });

  test("take a point a step, and forget what is older than the longest track", () => {
    let tracks: Watch["tracks"] = {};
    for (let i = 0; i < 60; i++) {
      const now = NOW + i * (TRACK_STEP_MS / 2);
      tracks = tracksOf(healthyState({ now }), tracks, now);
    }
    const points = tracks["replay-lag:node2"] ?? [];
    expect(points).toHaveLength(TRACK_POINTS_MAX);
    expect(points.slice(1).every(({ at }, i) => at - (points[i]?.at ?? at) === TRACK_STEP_MS)).toBe(true);
  });

  test("have a hole where a figure is not known, and no point that is a guess", () => {
    const before = tracksOf(healthyState());
    const now = NOW + TRACK_STEP_MS;
    const blind = aged(cutHost(healthyState({ now }), "node1", now), "vitals", "node2", 90_000);
    const after = tracksOf(blind, before, now);
    expect(after["wal:node1"]).toEqual(before["wal:node1"]);
    expect(after["conflicts:node2"]).toEqual(before["conflicts:node2"]);
    expect(after["conflicts:node3"]).toHaveLength(2);
  });
});

test("an election is seen by its term, also where the same leader comes of it; a member in an old term is none", () => {
  const term = (state: ClusterState, i: number, raftTerm: string) =>
    answer(state, "dcsMembers", `http://10.0.0.${i}:2379`, (was: DcsMemberStatus) => ({ ...was, raftTerm }));
  const all = (raftTerm: string) => [1, 2, 3].reduce((s, i) => term(s, i, raftTerm), healthyState());
  const states = [all("9"), term(all("9"), 2, "8"), all("10"), all("10"), all("12")];
  const seen = states.reduce<Pick<Watch, "changes" | "told">>(
    (before, state, i) => foldChanges(before, pictureOf(state), NOW + i),
    NOTHING_WATCHED,
  );
  expect(seen.changes["dcs-term"]).toHaveLength(2);
  expect(seen.changes["dcs-leader"]).toBeUndefined();
});
