import type { ClusterConfig } from "@/lib/config/types";
import type { ActionBoard } from "@/lib/domain/actions/operation";
import type { AttentionBoard } from "@/lib/domain/alerts/types";
import type { ClusterState, RosterEntry } from "@/lib/domain/cluster-state";
import type { EpochMs } from "@/lib/domain/ids";
import { remember } from "@/lib/domain/observation";
import type { RunBoard } from "@/lib/domain/runbooks/run";
import type { Snapshot } from "@/lib/domain/snapshot";
import { buildSnapshot } from "@/lib/domain/snapshot/build";
import { changesWriter, isUrgent } from "@/lib/domain/snapshot/diff";
import { history } from "@/lib/history/current";
import { storeNow } from "@/lib/history/view";
import type { Live, Urgency } from "@/lib/live/types";
import { memberBackupTargets, startBackups, startMemberBackups } from "./backups";
import type { Beat } from "./beat";
import { memberCertificateTargets, startCertificates } from "./certificates";
import { startClientEye } from "./client-eye";
import type { Collectors } from "./current";
import { startDcs } from "./dcs";
import type { Desk } from "./desk";
import { english } from "./english";
import { askAgain, asOf, type LookedAgain } from "./look-again";
import { startMember } from "./member";
import { afterQuiet, paceDrawing } from "./pacing";
import { startHaproxy, startVip } from "./routing";
import { makeSampler } from "./sampling";
import { emptyState, expect, followRoster, forget, see } from "./state";
import { FAST_AT_MOST_MS, isNews, isSteady, STEADY_FOR_MS } from "./wake";

export type ClusterCollector = {
  /** See `Collectors` in `current.ts`. */
  lookAgain(withinMs: number): Promise<LookedAgain>;
  hurry(): void;
  setBoard(board: ActionBoard): void;
  setAttention(board: AttentionBoard): void;
  setRuns(board: RunBoard): void;
  onState(callback: StateListener): () => void;
  stop(): void;
};
type StateListener = Parameters<Collectors["onState"]>[1];

/** Staleness comes with time alone, so the picture is drawn again at least this often, in ms. */
const REDRAW_MS = 1_000;

/** Watches one cluster for ever: starts and stops its sources as members come and go, and publishes each new picture. */
export function startClusterCollector(config: ClusterConfig, live: Live): ClusterCollector {
  let state = emptyState(config);
  let snapshot: Snapshot | null = null;
  let fastSince: EpochMs | null = null;
  let steadySince: EpochMs | null = null;
  const members = new Map<string, { entry: RosterEntry; beats: Beat[] }>();
  const fixed: Beat[] = [];
  const listeners = new Set<StateListener>();
  const sample = makeSampler((samples) => history()?.samples(config.scope, samples));

  const everyBeat = () => [...fixed, ...[...members.values()].flatMap((member) => member.beats)];

  const drawing = paceDrawing(draw);

  function draw() {
    const now = Date.now();
    state = { ...state, store: storeNow() };
    const built = buildSnapshot(state, snapshot, now, english);
    const next: Snapshot = { ...built, version: snapshot?.version ?? 0 };
    const urgency = urgencyOf(snapshot, next);
    snapshot = next;
    live.publish(config.scope, state, built, urgency);
    sample(state, now);
    pace(next, now);
    for (const listener of listeners) listener(state, built);
  }

  /** Many answers arrive together; one picture is drawn of them. */
  function changed(next: ClusterState) {
    state = next;
    drawing.soon();
  }

  const hurry = afterQuiet(() => {
    fastSince = Date.now();
    steadySince = null;
    for (const beat of everyBeat()) {
      beat.setFast(true);
      beat.wake();
    }
  });

  function pace(picture: Snapshot, now: EpochMs) {
    steadySince = isSteady(picture) ? (steadySince ?? now) : null;
    if (fastSince === null) return;
    const steady = steadySince !== null && now - steadySince >= STEADY_FOR_MS && now - fastSince >= STEADY_FOR_MS;
    if (steady || now - fastSince >= FAST_AT_MOST_MS) {
      fastSince = null;
      for (const beat of everyBeat()) beat.setFast(false);
    }
  }

  const desk: Desk = {
    config,
    state: () => state,
    see: (room, seen, intervalMs) => changed(see(state, room, seen, intervalMs)),
    seeDcs(seen) {
      const before = state.dcs.good?.value ?? null;
      const look = remember({ ...state.dcs, source: seen.source, target: seen.target }, seen);
      const view = seen.result.ok ? seen.result.value : null;
      const roster = view ? followRoster(state.roster, view, seen.observedAt) : state.roster;
      changed({ ...state, dcs: look, roster });
      if (!view) return;
      follow();
      if (!isNews(before, view)) return;
      // Told before anything is asked: it was pushed to us, and is what everybody waits for.
      drawing.next();
      // The first view is no change: everything has just begun to be looked at.
      if (before) hurry();
    },
    learn(view, at) {
      changed({ ...state, roster: followRoster(state.roster, view, at) });
      follow();
    },
    seeVip(seen) {
      if (state.vip) changed({ ...state, vip: remember(state.vip, seen) });
    },
    seeClientEye(next, draw) {
      // Four looks a second are not four pictures a second: the next one that is drawn shows the newest.
      state = { ...state, clientEye: next };
      if (draw) changed(state);
    },
    expect: (room, ...args) => changed(expect(state, room, ...args)),
    forget: (room, target) => changed(forget(state, room, target)),
    hurry,
  };

  /** Starts looking at members that came, stops at those that left, and starts anew where an address changed. */
  function follow() {
    const wanted = new Map<string, RosterEntry>(state.roster.map((entry) => [entry.name, entry]));
    for (const [name, member] of members) {
      const entry = wanted.get(name);
      if (entry && sameAddress(entry, member.entry)) continue;
      for (const beat of member.beats) beat.stop();
      members.delete(name);
      for (const room of ["patroni", "postgres", "vitals", "sizes", "pgbouncer"] as const) desk.forget(room, name);
      for (const [room, target] of memberBackupTargets(desk, name)) desk.forget(room, target);
      for (const target of memberCertificateTargets(name)) desk.forget("certificates", target);
    }
    for (const [name, entry] of wanted) {
      if (members.has(name)) continue;
      members.set(name, { entry, beats: [...startMember(desk, entry), ...startMemberBackups(desk, entry)] });
    }
  }

  const dcs = startDcs(desk);
  fixed.push(...dcs.beats, ...startHaproxy(desk), ...startVip(desk), ...startClientEye(desk), ...startBackups(desk));
  fixed.push(...startCertificates(desk));
  const redraw = setInterval(() => changed(state), REDRAW_MS);
  drawing.now();

  return {
    async lookAgain(withinMs) {
      const since = Date.now();
      const proven = await askAgain(dcs.proven(), everyBeat(), withinMs);
      const asked = asOf(state, since, Date.now(), proven);
      return { state: asked, snapshot: buildSnapshot(asked, snapshot, Date.now(), english) };
    },
    hurry,
    setBoard: (board) => changed({ ...state, actions: board }),
    setAttention: (board) => changed({ ...state, attention: board }),
    setRuns: (board) => changed({ ...state, runs: board }),
    onState(callback) {
      listeners.add(callback);
      return () => {
        listeners.delete(callback);
      };
    },
    stop() {
      drawing.stop();
      hurry.stop();
      listeners.clear();
      clearInterval(redraw);
      for (const beat of everyBeat()) beat.stop();
    },
  };
}

function urgencyOf(before: Snapshot | null, after: Snapshot): Urgency {
  if (before === null || changesWriter(before, after)) return "now";
  return isUrgent(before, after) ? "soon" : "later";
}

const sameAddress = (a: RosterEntry, b: RosterEntry) => a.host === b.host && a.port === b.port && a.apiUrl === b.apiUrl;
