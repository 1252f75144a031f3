import type { ClusterConfig } from "@/lib/config/types";
import type { LockAbility, PlanContext, ServerFacts } from "@/lib/domain/actions/facts";
import type { ActionRequest } from "@/lib/domain/actions/request";
import type { ClusterState } from "@/lib/domain/cluster-state";
import type { EpochMs, MemberName } from "@/lib/domain/ids";
import { type Known, know, type Result } from "@/lib/domain/observation";
import { type ActionsDeps, LOOK_WITHIN_MS } from "./deps";
import type { RowHolder } from "./types";

/** Earlier gaps are told of this long, in ms, and at most so many of them. */
const PAST_GAPS_MS = 90 * 86_400_000;
const PAST_GAPS_MAX = 10;

/** Looks at everything that an action rests on, now. Null while the cluster was never looked at. `own`: an operation that is no hindrance. */
export async function gather(
  deps: ActionsDeps,
  cluster: ClusterConfig,
  request: ActionRequest,
  own: string | null = null,
): Promise<PlanContext | null> {
  const { scope } = cluster;
  const [looked, held, pastGaps] = await Promise.all([
    deps.collectors.lookAgain(scope, LOOK_WITHIN_MS),
    heldNow(deps, cluster, own),
    pastGapsOf(deps, cluster),
  ]);
  if (!looked) return null;
  const { state, snapshot } = looked;
  const signal = AbortSignal.timeout(LOOK_WITHIN_MS);
  const [servers, backend, haproxyAdmin] = await Promise.all([
    serversOf(deps, state, concerned(request, state), signal),
    backendOf(deps, cluster, request, signal),
    request.action === "haproxy-server" ? deps.looks.haproxyAdmin(scope, signal) : {},
  ]);
  return {
    now: deps.now(),
    state,
    snapshot,
    servers,
    backend,
    pastGaps,
    ...held,
    patroniCredentials: cluster.patroni.username !== null,
    haproxyAdmin,
  };
}

/** What another one is just doing to the cluster, here or elsewhere, and whether our store could keep what we do. */
export async function heldNow(
  deps: ActionsDeps,
  cluster: ClusterConfig,
  own: string | null = null,
): Promise<Pick<PlanContext, "lock" | "running" | "recordable">> {
  const [lock, holder] = await Promise.all([abilityOf(deps, cluster), deps.store.holder(cluster.scope)]);
  return {
    lock: lock.kind === "held" && lock.by.operationId === own ? { kind: "free" } : lock,
    running: holder.ok ? runningOf(holder.value, own) : null,
    recordable: holder.ok && deps.recordable(),
  };
}

function runningOf(holder: RowHolder | null, own: string | null): PlanContext["running"] {
  if (!holder || holder.operationId === own) return null;
  const { operationId: id, action, actor, at } = holder;
  return { id, action, actor, at: isoOf(at) };
}

const isoOf = (at: EpochMs) => new Date(at).toISOString() as PlanContext["pastGaps"][number]["at"];

async function abilityOf({ lock }: ActionsDeps, { scope }: ClusterConfig): Promise<LockAbility> {
  const late = new Promise<LockAbility>((resolve) => {
    setTimeout(
      () => resolve({ kind: "failed", text: `no answer within ${LOOK_WITHIN_MS} ms` }),
      LOOK_WITHIN_MS,
    ).unref();
  });
  return Promise.race([lock.ability(scope), late]);
}

async function pastGapsOf(deps: ActionsDeps, { scope }: ClusterConfig): Promise<PlanContext["pastGaps"]> {
  const gaps = await deps.gaps(scope, deps.now() - PAST_GAPS_MS, deps.now());
  if (!gaps.ok) return [];
  return gaps.value
    .flatMap(({ startedAt, endedAt, from, to }) =>
      endedAt !== null && from !== null && to !== null && from !== to
        ? [{ at: startedAt, ms: Date.parse(endedAt) - Date.parse(startedAt) }]
        : [],
    )
    .reverse()
    .slice(0, PAST_GAPS_MAX);
}

/** Members whose servers are asked for this action alone. */
export function concerned(request: ActionRequest, state: ClusterState): readonly MemberName[] {
  const members = state.roster.map(({ name }) => name);
  const leader = state.dcs.good?.value.leader?.name ?? null;
  const only = (...names: (string | null)[]) => members.filter((name) => names.includes(name));
  switch (request.action) {
    case "switchover":
    case "failover":
      return members;
    case "restart":
      return request.member === null ? members : only(request.member, leader);
    case "reinitialize":
      return only(request.member, leader);
    case "haproxy-server":
      return only(request.server);
    case "backend-cancel":
    case "backend-terminate":
    case "pgbouncer-pause":
    case "pgbouncer-resume":
    case "pgbouncer-reconnect":
      return only(request.member);
    case "switchover-cancel":
    case "restart-cancel":
    case "reload":
    case "pause":
    case "resume":
    case "configuration":
      return [];
  }
}

async function serversOf(
  { looks, now }: ActionsDeps,
  state: ClusterState,
  members: readonly MemberName[],
  signal: AbortSignal,
): Promise<PlanContext["servers"]> {
  const asked = members.map(async (name): Promise<[string, Known<ServerFacts>]> => {
    // Who did not answer a moment ago is not waited for once more.
    const answers = know(state.postgres[name], now()).state === "fresh";
    if (!answers) return [name, { state: "unknown", failure: state.postgres[name]?.last?.failure ?? null }];
    return [name, knownOf(await looks.server(state.spec.scope, name, signal), now())];
  });
  return Object.fromEntries(await Promise.all(asked));
}

async function backendOf(
  { looks, now }: ActionsDeps,
  { scope }: ClusterConfig,
  request: ActionRequest,
  signal: AbortSignal,
): Promise<PlanContext["backend"]> {
  if (request.action !== "backend-cancel" && request.action !== "backend-terminate") {
    return { state: "fresh", value: null, at: now(), ageMs: 0 };
  }
  const { member, pid, backendStart } = request;
  return knownOf(await looks.backend(scope, member, { pid, backendStart }, signal), now());
}

const knownOf = <T>(result: Result<T>, at: EpochMs): Known<T> =>
  result.ok ? { state: "fresh", value: result.value, at, ageMs: 0 } : { state: "unknown", failure: result.failure };
