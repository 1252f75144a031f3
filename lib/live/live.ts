import { HEARTBEAT_MS, type StreamEvent } from "@/lib/contract/stream";
import type { ClusterState } from "@/lib/domain/cluster-state";
import { type ClusterScope, instant } from "@/lib/domain/ids";
import type { Snapshot } from "@/lib/domain/snapshot";
import { changedSections } from "@/lib/domain/snapshot/diff";
import type { Live, Urgency } from "./types";

/**
 * How long a picture may wait for company, in ms. After a leader change a dozen answers arrive within a tenth of a second;
 * each drawn by itself would keep browsers too busy to show the first.
 */
const WAIT_MS: Readonly<Record<Urgency, number>> = { now: 0, soon: 120, later: 1_000 };

type Slot = {
  published: Snapshot | null;
  /** Built and not yet published. */
  waiting: Omit<Snapshot, "version"> | null;
  state: ClusterState | null;
  timer: NodeJS.Timeout | null;
  /** When the timer fires, by `performance.now()`. */
  due: number;
};

type Subscriber = { scopes: ReadonlySet<string>; listener: (event: StreamEvent) => void };

/** Creates the process's only live store. `expected` are the configured scopes, in the order of the configuration. */
export function createLive(boot: string, expected: readonly ClusterScope[]): Live {
  const slots = new Map<string, Slot>(
    expected.map((scope) => [scope, { published: null, waiting: null, state: null, timer: null, due: 0 }]),
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

  function flushWithin(scope: string, slot: Slot, ms: number) {
    const due = performance.now() + ms;
    if (slot.timer) {
      if (slot.due <= due) return;
      clearTimeout(slot.timer);
    }
    slot.due = due;
    slot.timer = setTimeout(() => flush(scope, slot), ms);
  }

  return {
    boot,
    startedAt: Date.now(),
    scopes: () => expected,
    // Reading hastens nothing: whoever asks often would have pictures drawn for everybody who listens.
    snapshot: (scope) => slots.get(scope)?.published ?? null,
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
    publish(scope, state, snapshot, urgency) {
      const slot = slots.get(scope);
      if (!slot) return;
      slot.state = state;
      slot.waiting = snapshot;
      if (urgency === "now" || !slot.published) flush(scope, slot);
      else flushWithin(scope, slot, WAIT_MS[urgency]);
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
