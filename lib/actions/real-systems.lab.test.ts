import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ensureUp, labConfigYaml, SCOPE, settle, waitForTruth } from "@/lab/index";
import { loadConfig } from "@/lib/config/load";
import type { ClusterConfig } from "@/lib/config/types";
import type { ClusterState } from "@/lib/domain/cluster-state";
import type { DcsView } from "@/lib/domain/facts";
import { clusterScope, instant, type MemberName } from "@/lib/domain/ids";
import { emptyLook, ok, remember } from "@/lib/domain/observation";
import { healthyState } from "@/lib/domain/testing/builders";
import { runEtcdSession } from "@/lib/sources/etcd3/session";
import { createCaller } from "./caller";
import { createDcsLock } from "./dcs-lock";
import { createPlanLooks } from "./looks";

const scope = clusterScope(SCOPE);
const { signal } = new AbortController();
const folder = mkdtempSync(join(tmpdir(), "matriarch-"));
let config: ClusterConfig;

beforeAll(async () => {
  await ensureUp();
  await settle();
  const path = join(folder, "matriarch.yaml");
  writeFileSync(path, labConfigYaml(), { mode: 0o600 });
  const loaded = loadConfig({ path, env: {} });
  const [cluster] = loaded.kind === "ok" ? loaded.config.clusters : [];
  if (!cluster) throw new Error(loaded.kind === "error" ? loaded.message : "no cluster");
  config = cluster;
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await settle();
});

/** What etcd says now; nothing else of the state is used by who acts. */
async function stateNow(): Promise<{ state: ClusterState; view: DcsView; leader: NonNullable<DcsView["leader"]> }> {
  const leaving = new AbortController();
  const view = await new Promise<DcsView>((resolve, reject) => {
    void runEtcdSession({
      ...config.dcs,
      scope,
      signal: leaving.signal,
      onView: resolve,
      onFailure: ({ text }) => reject(new Error(text)),
    });
  });
  leaving.abort();
  if (!view.leader) throw new Error("there is no leader");
  const dcs = remember(emptyLook<DcsView>("dcs", SCOPE, 2_000), {
    source: "dcs",
    target: SCOPE,
    observedAt: Date.now(),
    tookMs: 1,
    result: ok(view),
  });
  const roster = view.members.map((member) => ({ ...member, firstSeenAt: 0, lastInDcsAt: Date.now() }));
  return { state: { ...healthyState({ scope: SCOPE }), roster, dcs }, view, leader: view.leader };
}

const holder = (operationId: string) => ({
  operationId,
  action: "switchover",
  actor: "anna",
  dashboard: "desk",
  at: instant(Date.now()),
});

test("with the configuration as it is written, every system would let us act, and each look is answered", async () => {
  const { state, leader } = await stateNow();
  const looks = createPlanLooks([config], () => state);
  expect(await looks.haproxyAdmin(scope, signal)).toEqual({ node1: true, node2: true, node3: true });
  expect(await looks.server(scope, leader.name, signal)).toMatchObject({ ok: true });
  const nobody = { pid: 1, backendStart: instant(0) };
  expect(await looks.backend(scope, leader.name, nobody, signal)).toEqual({ ok: true, value: null });
  expect(await createDcsLock([config]).ability(scope)).toEqual({ kind: "free" });
});

test("a plan made before a switchover finds the lock closed to it, and is told who leads; one made after has it", async () => {
  const { state, leader } = await stateNow();
  const lock = createDcsLock([config]);
  const caller = createCaller([config], () => state);
  const candidate = state.roster.find(({ name }) => name !== leader.name)?.name as MemberName;
  const origin = state.roster.find(({ name }) => name === leader.name)?.apiUrl ?? "";
  const answer = await caller.send(
    scope,
    {
      system: "patroni",
      id: "switchover",
      member: leader.name,
      origin,
      method: "POST",
      path: "/switchover",
      body: { leader: leader.name, candidate },
      timeoutMs: 60_000,
    },
    signal,
  );
  expect(answer).toMatchObject({ kind: "done", member: candidate });
  await waitForTruth((truth) => truth.leaderKey === candidate, { deadlineMs: 10_000, what: "the candidate leads" });

  expect(await lock.take(scope, holder("before"), leader.modRevision)).toEqual({
    kind: "leader-moved",
    leader: candidate,
  });
  const after = await stateNow();
  const taken = await lock.take(scope, holder("after"), after.leader.modRevision);
  expect(taken.kind).toBe("taken");
  const other = await lock.take(scope, holder("another"), after.leader.modRevision);
  expect(other).toMatchObject({ kind: "held", by: { operationId: "after", actor: "anna", dashboard: "desk" } });
  if (taken.kind === "taken") await taken.release();
  expect(await lock.ability(scope)).toEqual({ kind: "free" });
});
