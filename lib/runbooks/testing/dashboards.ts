import { createAuditLog } from "@/lib/audit/log";
import type { AuditLog } from "@/lib/audit/types";
import type { Store } from "@/lib/db/types";
import type { OperationView } from "@/lib/domain/actions/operation";
import { type ClusterScope, clusterScope, type EpochMs, memberName } from "@/lib/domain/ids";
import type { Incident } from "@/lib/domain/incident/incident";
import type { RunBoard, RunCommand } from "@/lib/domain/runbooks/run";
import type { Runbook } from "@/lib/domain/runbooks/runbook";
import type { Snapshot } from "@/lib/domain/snapshot";
import { ANNA, BORIS, CLARA, RUNS_AT, VERA } from "@/lib/domain/testing/runs";
import { sampleSnapshot } from "@/lib/domain/testing/samples";
import { createRuns } from "../start";
import { createRunStore } from "../store";
import type { RunRequest } from "../types";

/** Dashboards that share a store and a clock of ours, and see the pictures that a test shows them. */

export const DEMO: ClusterScope = clusterScope("demo");

export type Shown = {
  readonly leader?: string;
  readonly paused?: boolean;
  readonly environment?: string | null;
  readonly operations?: readonly OperationView[];
};

/** A healthy picture, changed in what runs look at. */
export function pictureOf({
  leader = "node1",
  paused = false,
  environment = "test",
  operations = [],
}: Shown): Snapshot {
  const sample = sampleSnapshot("healthy");
  const healthy = sample.leader;
  return {
    ...sample,
    scope: DEMO,
    environment,
    paused,
    leader: healthy && { ...healthy, name: memberName(leader) },
    actions: { operations, pause: null },
  };
}

export function createWorld(openStore: () => Store, runbooks: readonly Runbook[]) {
  let now: EpochMs = RUNS_AT;
  let shown: Shown = {};
  const stored = new Map<string, OperationView>();
  const started: Dashboard[] = [];
  let ids = 0;

  function start() {
    const one = dashboard(openStore(), runbooks, {
      now: () => now,
      newId() {
        ids += 1;
        return `run-${ids}`;
      },
      operation: async (id) => ({ ok: true, value: stored.get(id) ?? null }),
    });
    started.push(one);
    one.draw(pictureOf(shown));
    return one;
  }

  return {
    start,
    now: () => now,
    /** What is in the store of actions, and on no board. */
    keeps: (operation: OperationView) => void stored.set(operation.id, operation),
    shows(next: Shown) {
      shown = next;
    },
    /** Time goes by, in steps of a second; at each step every dashboard that lives looks. */
    async passes(ms: number, stepMs = 1_000): Promise<void> {
      for (let left = ms; left > 0; left -= stepMs) {
        now += Math.min(left, stepMs);
        for (const one of started) if (one.isAlive()) one.draw(pictureOf(shown));
        for (const one of started) if (one.isAlive()) await one.desk.engine.tick();
      }
    },
    async close() {
      await Promise.all(started.map((one) => one.close()));
    },
  };
}

type Over = {
  readonly now: () => EpochMs;
  readonly newId: () => string;
  readonly operation: Parameters<typeof createRuns>[0]["operation"];
};
export type Dashboard = ReturnType<typeof dashboard>;

function dashboard(store: Store, runbooks: readonly Runbook[], over: Over) {
  const listeners = new Set<(picture: Snapshot) => void>();
  const audit = createAuditLog(store);
  let refuses: "audit" | "store" | null = null;
  let board: RunBoard | null = null;
  let alive = true;
  let incident: Incident | null = null;
  const runStore = createRunStore(store);
  const failed = async () => ({ ok: false, failure: { kind: "unavailable", text: "gone" } }) as const;
  const append: AuditLog["append"] = (entry, at) => (refuses === "audit" ? failed() : audit.append(entry, at));
  const desk = createRuns({
    scopes: [DEMO],
    collectors: {
      onState(_scope, callback) {
        const listener = (picture: Snapshot) => callback({} as never, picture);
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      setRuns(_scope, next) {
        board = next;
      },
    },
    store: { ...runStore, save: (...args) => (refuses === "store" ? failed() : runStore.save(...args)) },
    audit: { append },
    catalogue: { runbooks, broken: [] },
    incident: async () => incident,
    roleOf: (name) => [ANNA, BORIS, CLARA, VERA].find((one) => one.name === name)?.role ?? null,
    ...over,
  });
  const asker = (name: string) => {
    const role = [ANNA, BORIS, CLARA, VERA].find((one) => one.name === name)?.role ?? "viewer";
    return { name, role, from: "10.0.0.9" } as const;
  };
  return {
    desk,
    board: () => board,
    isAlive: () => alive,
    draw(picture: Snapshot) {
      for (const listener of [...listeners]) listener(picture);
    },
    begin: (request: Partial<RunRequest> = {}, by = "anna") =>
      desk.begin(asker(by), DEMO, {
        runbookId: "planned-switchover",
        inputs: { candidate: "node2" },
        reason: null,
        ...request,
      }),
    /** By whoever; at the version that is stored now, unless one is given. */
    async command(id: string, command: RunCommand, by = "anna", version?: number) {
      const stored = await desk.run(id);
      const seen = stored.ok ? (stored.value?.run.version ?? 0) : 0;
      return desk.command(asker(by), id, version ?? seen, command);
    },
    async kinds(id: string): Promise<readonly string[]> {
      const stored = await desk.run(id);
      const entries = (stored.ok && stored.value?.entries) || [];
      return entries.map(({ kind, stepId }) => (stepId === null ? kind : `${kind} ${stepId}`));
    },
    async run(id: string) {
      const stored = await desk.run(id);
      return stored.ok ? (stored.value?.run ?? null) : null;
    },
    /** Kinds of the rows of the audit log about runs, oldest first. */
    async audited(): Promise<readonly string[]> {
      const rows = await audit.after(0, 100);
      return rows.ok ? rows.value.map(({ kind, actor }) => `${kind} ${actor}`) : [];
    },
    /** From now on writing there fails; null: no more. */
    refuse(what: typeof refuses) {
      refuses = what;
    },
    /** What the record tells of any window. */
    tells(next: Incident) {
      incident = next;
    },
    async close() {
      if (alive) await desk.close();
      alive = false;
      await store.close();
    },
    /** It is gone from one moment to the next. */
    kill() {
      alive = false;
      void desk.close();
    },
  };
}
