import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AuditLog } from "@/lib/audit/types";
import type { Actor } from "@/lib/auth/actor";
import { loadConfig } from "@/lib/config/load";
import type { ClusterConfig, UserRole } from "@/lib/config/types";
import { openStore } from "@/lib/db/open";
import type { Stored } from "@/lib/db/types";
import type { Call } from "@/lib/domain/actions/call";
import type { LockAbility, LockHolder } from "@/lib/domain/actions/facts";
import type { ActionBoard, CallAnswer, Operation } from "@/lib/domain/actions/operation";
import { type Check, type Fence, NO_IMPACT } from "@/lib/domain/actions/plan";
import type { ActionKind, ActionRequest } from "@/lib/domain/actions/request";
import type { ClusterState } from "@/lib/domain/cluster-state";
import { type EpochMs, instant } from "@/lib/domain/ids";
import { message } from "@/lib/domain/message";
import { buildSnapshot } from "@/lib/domain/snapshot/build";
import { healthyState } from "@/lib/domain/testing/builders";
import { bareText } from "@/lib/domain/testing/samples";
import type { Verb, Verification } from "@/lib/domain/verify/types";
import type { ActionsDeps } from "../deps";
import { openActionStores } from "../open-stores";
import { createActions } from "../pipeline";
import type { ActionStore, Asker, Confirmation, DcsLock } from "../types";

/**
 * One cluster, one key in its DCS, one store on disk, and as many dashboards as a test starts. What the cluster answers, what checks say and
 * when the witnesses agree is for the test to set; a dashboard that is killed does nothing more, and releases nothing.
 */
export type PipelineWorld = {
  readonly cluster: ClusterConfig;
  checks: readonly Check[];
  /** What the fence is made of, beside the leader. */
  other: Fence["other"];
  end: Verification["end"];
  /** False: the call is under way until it is set. */
  answers: boolean;
  answerKind: CallAnswer["kind"];
  readonly calls: Call[];
  /** The key in the DCS as it stands. */
  key: LockHolder | null;
  keyTakes: "key" | "not-supported" | "failed";
  /** Leader's revision at the moment when the key is taken, where it differs from what was looked at. */
  revisionAtTaking: string | null;
  /** Names of store methods, or `audit`, that fail now. */
  readonly failing: Set<string>;
  clock: EpochMs;
  state(change?: (state: ClusterState) => ClusterState): ClusterState;
  board(): ActionBoard | null;
  start(boot: string): Dashboard;
  close(): Promise<void>;
};

export type Dashboard = ReturnType<typeof createActions> & {
  kill(): void;
  /** Dies as soon as an operation is written down in this phase. */
  dieAt(phase: Operation["phase"], when: "before" | "after"): Promise<void>;
};

export const SWITCHOVER: ActionRequest = { action: "switchover", candidate: null, scheduledAt: null };
export const asker = (name: string, role: UserRole = "operator"): Asker => ({
  actor: { kind: "token", name, role } satisfies Actor,
  from: "10.0.0.9",
});
export const check = (id: string, status: Check["status"], overridable = false): Check => ({
  id,
  status,
  text: message("test.check", { id }),
  advice: null,
  evidence: [],
  ageMs: null,
  overridable,
});
export const confirming = (planId: string, over: Partial<Confirmation> = {}): Confirmation => ({
  planId,
  confirmation: "demo",
  reason: "замена диска",
  acknowledged: [],
  overridden: [],
  ...over,
});

export function createPipelineWorld(actions: Partial<ClusterConfig["actions"]> = {}): PipelineWorld {
  const folder = mkdtempSync(join(tmpdir(), "pipeline-"));
  const file = join(folder, "matriarch.yaml");
  writeFileSync(file, JSON.stringify({ clusters: [{ scope: "demo", patroni: { seeds: ["http://10.0.0.1:8008"] } }] }));
  const loaded = loadConfig({ path: file, env: {} });
  if (loaded.kind === "error" || !loaded.config.clusters[0]) throw new Error("no configuration");
  const [first] = loaded.config.clusters;
  const store = openStore(`sqlite:${join(folder, "store.db")}`);
  const { actionStore, audit } = openActionStores(store);
  let state = healthyState({ scope: "demo", now: Date.now() });
  let board: ActionBoard | null = null;
  const listeners = new Set<Parameters<ActionsDeps["collectors"]["onState"]>[1]>();
  const dashboards: Dashboard[] = [];
  let ids = 0;

  const picture = () => {
    const snapshot = buildSnapshot(state, null, Date.now(), bareText);
    return { state, snapshot };
  };
  const world: PipelineWorld = {
    cluster: { ...first, actions: { ...first.actions, ...actions } },
    checks: [],
    other: {},
    end: null,
    answers: true,
    answerKind: "done",
    calls: [],
    key: null,
    keyTakes: "key",
    revisionAtTaking: null,
    failing: new Set(),
    clock: Date.now(),
    state(change) {
      if (change) state = change(state);
      const { state: now, snapshot } = picture();
      for (const listener of listeners) listener(now, snapshot);
      return state;
    },
    board: () => board,
    start(boot) {
      const dashboard = startDashboard(boot);
      dashboards.push(dashboard);
      return dashboard;
    },
    async close() {
      await Promise.all(dashboards.map((one) => one.close()));
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };

  const failed = (): Stored<never> => ({ ok: false, failure: { kind: "unavailable", text: "the disk is gone" } });

  function startDashboard(boot: string): Dashboard {
    let alive = true;
    let dying: { phase: Operation["phase"]; when: "before" | "after"; died: () => void } | null = null;
    const never = <T>() => new Promise<T>(() => undefined);
    const living = async <T>(name: string, work: () => Promise<Stored<T>>): Promise<Stored<T>> => {
      if (!alive) return never();
      if (world.failing.has(name)) return failed();
      const answer = await work();
      return alive ? answer : never();
    };
    const kill = () => {
      alive = false;
      for (const listener of own) listeners.delete(listener);
    };
    const written = async <T>(name: string, operation: Operation, work: () => Promise<Stored<T>>) => {
      const now = dying?.phase === operation.phase ? dying : null;
      if (now?.when === "before") {
        kill();
        now.died();
      }
      const answer = await living(name, work);
      if (now?.when !== "after") return answer;
      kill();
      now.died();
      return never<typeof answer>();
    };
    const own: Parameters<ActionsDeps["collectors"]["onState"]>[1][] = [];
    const guarded = Object.fromEntries(
      Object.entries(actionStore).map(([name, method]) => [
        name,
        (...args: unknown[]) =>
          living(name, () => (method as (...all: unknown[]) => Promise<Stored<unknown>>)(...args)),
      ]),
    ) as unknown as ActionStore;
    const theirs: ActionStore = {
      ...guarded,
      begin: (operation) => written("begin", operation, () => actionStore.begin(operation)),
      save: (operation) => written("save", operation, () => actionStore.save(operation)),
    };
    const log: AuditLog = { ...audit, append: (entry, at) => living("audit", () => audit.append(entry, at)) };
    const pipeline = createActions({
      clusters: [world.cluster],
      collectors: {
        lookAgain: async () => (alive ? picture() : never()),
        hurry: () => undefined,
        setBoard: (_scope, next) => {
          if (alive) board = next;
        },
        setAttention: () => undefined,
        setRuns: () => undefined,
        onState(_scope, callback) {
          own.push(callback);
          listeners.add(callback);
          return () => void listeners.delete(callback);
        },
      },
      gaps: async () => ({ ok: true, value: [] }),
      recordable: () => true,
      store: theirs,
      audit: log,
      lock: lockOf(
        world,
        () => alive,
        () => state,
      ),
      caller: {
        async send(_scope, call) {
          if (!alive) return never();
          world.calls.push(call);
          while (!world.answers) await new Promise((resolve) => setTimeout(resolve, 5));
          return alive ? answerOf(world, call) : never();
        },
      },
      looks: {
        server: async () => ({ ok: false, failure: { kind: "unreachable", text: "" } }),
        backend: async () => ({ ok: true, value: null }),
        haproxyAdmin: async () => ({}),
      },
      preflight: () => ({ checks: world.checks, impact: NO_IMPACT, fence: fenceOf(world, state) }),
      fenceMoved: (planned, now) =>
        JSON.stringify(planned) === JSON.stringify(now)
          ? []
          : [message("test.moved", { before: planned.leader ?? "", after: now.leader ?? "" })],
      verbOf: (action) => verbOf(world, action),
      boot,
      hostname: `host-of-${boot}`,
      alone: true,
      now: () => world.clock + (Date.now() - startedAt),
      newId: () => `id-${boot}-${++ids}`,
    });
    const dieAt: Dashboard["dieAt"] = (phase, when) =>
      new Promise((died) => {
        dying = { phase, when, died };
      });
    const close = () => (alive ? pipeline.close() : Promise.resolve());
    return { ...pipeline, close, kill, dieAt };
  }
  const startedAt = Date.now();
  return world;
}

const revisionOf = (state: ClusterState) => state.dcs.good?.value.leader?.modRevision ?? null;

/** Somebody elsewhere takes the key once all was looked at, and checks find what that one's action does to the cluster. */
export function beginsWhileLookedAt(world: PipelineWorld, actor: string): void {
  const at = "2026-11-21T00:00:00Z" as LockHolder["at"];
  Object.defineProperty(world, "checks", {
    get: () => {
      world.key = { operationId: "x", action: "switchover", actor, dashboard: "elsewhere", at };
      return [check("upset", "warn")];
    },
  });
}

function fenceOf(world: PipelineWorld, state: ClusterState): Fence {
  return {
    systemId: null,
    leader: state.dcs.good?.value.leader?.name ?? null,
    leaderRevision: revisionOf(state),
    timeline: null,
    configRevision: null,
    failoverRevision: null,
    paused: null,
    members: [],
    other: world.other,
  };
}

function answerOf(world: PipelineWorld, call: Call): CallAnswer {
  return {
    kind: world.answerKind,
    call: `${call.system} ${call.id}`,
    status: 200,
    text: "as told",
    member: null,
    sentAt: instant(Date.now()),
    tookMs: 1,
  };
}

/** A key as in etcd: one holder, compared with the leader's revision, taken over by the same operation. */
function lockOf(world: PipelineWorld, alive: () => boolean, state: () => ClusterState): DcsLock {
  return {
    async ability(): Promise<LockAbility> {
      if (world.keyTakes !== "key") return { kind: "not-supported" };
      return world.key ? { kind: "held", by: world.key } : { kind: "free" };
    },
    async take(_scope, holder, leaderRevision) {
      if (world.keyTakes === "failed") return { kind: "failed", text: "etcd is away" };
      if (world.keyTakes === "not-supported") return { kind: "not-supported" };
      if (world.key && world.key.operationId !== holder.operationId) return { kind: "held", by: world.key };
      if ((world.revisionAtTaking ?? revisionOf(state())) !== leaderRevision)
        return { kind: "leader-moved", leader: "node2" };
      world.key = holder;
      return {
        kind: "taken",
        lost: () => false,
        async release() {
          if (alive() && world.key?.operationId === holder.operationId) world.key = null;
        },
      };
    },
  };
}

/** One call; it is done when the test says so. */
function verbOf(world: PipelineWorld, action: ActionKind): Verb {
  const call: Call = {
    system: "pgbouncer",
    id: "only",
    member: "node1" as never,
    command: "reconnect",
    database: null,
    timeoutMs: 1_000,
  };
  return {
    action,
    next: ({ answers }, { inFlight }) =>
      answers.some(({ id }) => id === call.id) || inFlight.has(call.id) ? null : call,
    verify: () => ({ steps: [], end: world.end, writeGapMs: null, writeGapBasis: null, receipt: null, progress: null }),
    deadlineMs: () => 60_000,
  };
}
