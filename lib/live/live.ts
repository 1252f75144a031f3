import { HEARTBEAT_MS, type StreamEvent } from "@/lib/contract/stream";
import type { ClusterState } from "@/lib/domain/cluster-state";
import { type ClusterScope, instant } from "@/lib/domain/ids";
import type { Snapshot } from "@/lib/domain/snapshot";
import { changedSections } from "@/lib/domain/snapshot/diff";
import type { Live } from "./types";

/** Mere refreshes (ages, positions, counters) wait this long for company; news does not wait. */
const COALESCE_MS = 1_000;

type Slot = {
  published: Snapshot | null;
  /** Built and not yet published. */
  waiting: Omit<Snapshot, "version"> | null;
  state: ClusterState | null;
  timer: NodeJS.Timeout | null;
};

type Subscriber = { scopes: ReadonlySet<string>; listener: (event: StreamEvent) => void };

/** Creates the process's only live store. `expected` are the configured scopes, in the order of the configuration. */
export function createLive(boot: string, expected: readonly ClusterScope[]): Live {
  const slots = new Map<string, Slot>(
    expected.map((scope) => [scope, { published: null, waiting: null, state: null, timer: null }]),
  );
  const subscribers = new Set<Subscriber>();
  const closers = new Set<() => void>();
  const heartbeat = setInterval(() => send({ type: "heartbeat", boot, now: instant(Date.now()) }, null), HEARTBEAT_MS);
  heartbeat.unref();

  function send(event: StreamEvent, scope: string | null) {
    for (const subscriber of subscribers) {
      if (scope !== null && !subscriber.scopes.has(scope)) continue;
      deliver(subscriber, event);
    }
  }

  function deliver(subscriber: Subscriber, event: StreamEvent) {
    try {
      subscriber.listener(event);
    } catch {
      subscribers.delete(subscriber);
    }
  }

  function flush(scope: string, slot: Slot) {
    if (slot.timer) clearTimeout(slot.timer);
    slot.timer = null;
    const { waiting, published } = slot;
    if (!waiting) return;
    slot.waiting = null;
    const version = (published?.version ?? 0) + 1;
    const next: Snapshot = { ...waiting, version };
    if (!published) {
      slot.published = next;
      send({ type: "snapshot", boot, now: instant(Date.now()), snapshot: next }, scope);
      return;
    }
    const set = changedSections(published, next);
    slot.published = next;
    send(
      { type: "patch", boot, now: instant(Date.now()), scope: next.scope, version, base: published.version, set },
      scope,
    );
  }

  return {
    boot,
    startedAt: Date.now(),
    scopes: () => expected,
    snapshot(scope) {
      const slot = slots.get(scope);
      if (!slot) return null;
      flush(scope, slot);
      return slot.published;
    },
    state: (scope) => slots.get(scope)?.state ?? null,
    lookedOnce: () => [...slots.values()].every((slot) => slot.state !== null && lookedAtOnce(slot.state)),
    subscribe(scopes, listener) {
      const subscriber = { scopes: new Set(scopes), listener };
      for (const scope of subscriber.scopes) {
        const slot = slots.get(scope);
        if (slot?.published) {
          deliver(subscriber, { type: "snapshot", boot, now: instant(Date.now()), snapshot: slot.published });
        }
      }
      deliver(subscriber, { type: "heartbeat", boot, now: instant(Date.now()) });
      subscribers.add(subscriber);
      return () => {
        subscribers.delete(subscriber);
      };
    },
    publish(scope, state, snapshot, urgent) {
      const slot = slots.get(scope);
      if (!slot) return;
      slot.state = state;
      slot.waiting = snapshot;
      if (urgent || !slot.published) flush(scope, slot);
      else slot.timer ??= setTimeout(() => flush(scope, slot), COALESCE_MS);
    },
    close() {
      clearInterval(heartbeat);
      for (const slot of slots.values()) if (slot.timer) clearTimeout(slot.timer);
      for (const closer of closers) closer();
      closers.clear();
      subscribers.clear();
    },
    onClose(callback) {
      closers.add(callback);
      return () => {
        closers.delete(callback);
      };
    },
  };
}

/** True when the DCS (or Patroni in its place) and each target known so far were tried at least once. */
function lookedAtOnce(state: ClusterState): boolean {
  const looks = [
    ...Object.values(state.patroni),
    ...Object.values(state.postgres),
    ...Object.values(state.pgbouncer),
    ...Object.values(state.haproxy),
    ...(state.vip ? [state.vip] : []),
  ];
  return state.dcs.last !== null && looks.every((look) => look.last !== null);
}
