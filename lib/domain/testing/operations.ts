import type { AnsweredCall, Operation, OperationView, PauseNote } from "../actions/operation";
import type { Fence } from "../actions/plan";
import type { ActionKind, ActionRequest, RequestOf } from "../actions/request";
import type { ClusterState } from "../cluster-state";
import { type EpochMs, type Instant, instant, memberName } from "../ids";
import type { OperationOf } from "../verify/types";
import { NOW } from "./builders";

/** Operations for tests and samples: one that has just begun on a healthy cluster, then changes by name. */

export const EXAMPLE_REQUESTS: { readonly [K in ActionKind]: RequestOf<K> } = {
  switchover: { action: "switchover", candidate: memberName("node2"), scheduledAt: null },
  "switchover-cancel": { action: "switchover-cancel" },
  failover: { action: "failover", candidate: memberName("node2") },
  reinitialize: { action: "reinitialize", member: memberName("node2"), fromLeader: false },
  restart: { action: "restart", member: memberName("node2"), onlyPending: false, scheduledAt: null },
  "restart-cancel": { action: "restart-cancel", member: memberName("node2") },
  reload: { action: "reload", member: memberName("node2") },
  pause: { action: "pause", until: null, resumeAtEnd: false },
  resume: { action: "resume" },
  configuration: { action: "configuration", revision: "12", patch: { ttl: 20 } },
  "backend-cancel": { action: "backend-cancel", member: memberName("node1"), pid: 4711, backendStart: instant(NOW) },
  "backend-terminate": {
    action: "backend-terminate",
    member: memberName("node1"),
    pid: 4711,
    backendStart: instant(NOW),
  },
  "haproxy-server": {
    action: "haproxy-server",
    node: null,
    pool: "postgres_replicas",
    server: "node3",
    state: "drain",
  },
  "pgbouncer-pause": { action: "pgbouncer-pause", member: memberName("node1"), database: null },
  "pgbouncer-resume": { action: "pgbouncer-resume", member: memberName("node1"), database: null },
  "pgbouncer-reconnect": { action: "pgbouncer-reconnect", member: memberName("node1"), database: null },
};

/** The whole fence of a state: of whichever action, so that each finds in it what it rests on. */
export function fenceOf(state: ClusterState): Fence {
  const view = state.dcs.good?.value ?? null;
  const leader = view?.leader ?? null;
  return {
    systemId: view?.systemId ?? null,
    leader: leader?.name ?? null,
    leaderRevision: leader?.modRevision ?? null,
    timeline: leader === null ? null : (state.patroni[leader.name]?.good?.value.timeline ?? null),
    configRevision: view?.configRevision ?? null,
    failoverRevision: view?.failover?.modRevision ?? null,
    paused: view?.pause ?? null,
    members: state.roster.map(({ name }) => {
      const status = state.patroni[name]?.good?.value;
      return {
        name,
        role: leader?.name === name ? "leader" : "replica",
        state: status?.state ?? "unknown",
        timeline: status?.timeline ?? null,
        postmasterStartTime: status?.postmasterStartTime ?? null,
      };
    }),
    other: {},
  };
}

/** A running operation on `state` whose call is about to be sent at `at`. */
export function operationOf<K extends ActionKind>(
  request: RequestOf<K>,
  state: ClusterState,
  over: Partial<Operation> = {},
  at: EpochMs = NOW,
): OperationOf<K> {
  const operation: Operation = {
    id: "0192f3a1-0000-7000-8000-000000000001",
    scope: state.spec.scope,
    planId: "0192f3a1-0000-7000-8000-0000000000aa",
    action: request.action,
    request: request as ActionRequest,
    state: "running",
    phase: "calling",
    actor: "ivanova",
    role: "operator",
    from: "10.0.9.14",
    reason: "Kernel update on node1",
    acknowledged: [],
    overridden: [],
    approvedBy: null,
    fence: fenceOf(state),
    steps: [],
    answers: [],
    outcome: null,
    writeGapMs: null,
    writeGapBasis: null,
    receipt: null,
    createdAt: instant(at),
    startedAt: instant(at),
    endedAt: null,
    deadlineAt: instant(at + 600_000),
    progress: null,
    boot: "boot-1",
    resumed: 0,
    ...over,
  };
  return operation as OperationOf<K>;
}

/** An answer to the call `id`, sent at `at`. */
export function answered(
  id: string,
  kind: AnsweredCall["kind"],
  over: Partial<AnsweredCall> = {},
  at: EpochMs = NOW,
): AnsweredCall {
  return {
    id,
    kind,
    call: `POST http://10.0.0.1:8008/${id.replace(/:.*/, "")}`,
    status: kind === "refused" ? 412 : kind === "failed" ? 503 : kind === "unknown" || kind === "not-sent" ? null : 200,
    text: kind,
    member: null,
    sentAt: instant(at),
    tookMs: 3_000,
    ...over,
  };
}

/** What the picture carries of an operation. */
export function operationView(over: Partial<OperationView> & { readonly request: ActionRequest }): OperationView {
  const at = instant(NOW);
  return {
    id: "0192f3a1-0000-7000-8000-000000000001",
    scope: "demo",
    planId: "0192f3a1-0000-7000-8000-0000000000aa",
    action: over.request.action,
    state: "running",
    phase: "calling",
    actor: "ivanova",
    reason: "Kernel update on node1",
    approvedBy: null,
    steps: [],
    answers: [],
    outcome: null,
    writeGapMs: null,
    writeGapBasis: null,
    receipt: null,
    createdAt: at,
    startedAt: at,
    endedAt: null,
    deadlineAt: instant(NOW + 600_000),
    progress: null,
    resumed: 0,
    ...over,
  };
}

export function pauseNote(over: Partial<PauseNote> = {}): PauseNote {
  const until: Instant = instant(NOW + 1_800_000);
  return { owner: "ivanova", reason: "Storage move", since: instant(NOW), until, resumeAtEnd: false, ...over };
}
