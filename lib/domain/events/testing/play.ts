import type { ClusterState } from "../../cluster-state";
import type { Snapshot } from "../../snapshot";
import { buildSnapshot } from "../../snapshot/build";
import { healthyState, NOW } from "../../testing/builders";
import { bareText } from "../../testing/samples";
import type { ClusterEvent } from "../event";
import { foldEvents } from "../fold";
import { EMPTY_MEMORY, type EventMemory } from "../notebook";

/** So long after the picture before, this changes. */
export type Step = { readonly afterMs: number; readonly change: (state: ClusterState, at: number) => ClusterState };

/** Lets everything answer again at `at` as it last did, so that only what a step changes differs. */
export function refreshed(state: ClusterState, at: number): ClusterState {
  const look = <T extends { good: unknown; last: unknown; failures: number }>(one: T): T =>
    one.failures > 0 || one.good === null
      ? one
      : { ...one, good: { ...(one.good as object), at }, last: { at, tookMs: 2, failure: null } };
  const room = <T extends { good: unknown; last: unknown; failures: number }>(all: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(all).map(([key, one]) => [key, look(one)]));
  return {
    ...state,
    dcs: look(state.dcs),
    vip: state.vip && look(state.vip),
    dcsMembers: room(state.dcsMembers),
    patroni: room(state.patroni),
    postgres: room(state.postgres),
    pgbouncer: room(state.pgbouncer),
    haproxy: room(state.haproxy),
  };
}

/** The events of pictures drawn one after another; what the first picture tells is left out. */
export function play(steps: readonly Step[], start = healthyState()): ClusterEvent[] {
  let at = NOW;
  let state = start;
  let previous: Snapshot | null = null;
  let memory: EventMemory = EMPTY_MEMORY;
  const told: ClusterEvent[] = [];
  const draw = () => {
    const snapshot: Snapshot = { ...buildSnapshot(state, previous, at, bareText), version: 1 };
    previous = snapshot;
    const folded = foldEvents(memory, snapshot);
    memory = folded.memory;
    told.push(...folded.events);
  };
  draw();
  told.length = 0;
  for (const { afterMs, change } of steps) {
    at += afterMs;
    state = change(refreshed(state, at), at);
    draw();
  }
  return told;
}

export const later = (change: Step["change"], afterMs = 1_000): Step => ({ afterMs, change });
export const wait = (afterMs: number): Step => later((state) => state, afterMs);
export const brief = (events: readonly ClusterEvent[]) =>
  events.filter((event) => event.kind !== "verdict").map(({ kind, text }) => [kind, text.key]);
