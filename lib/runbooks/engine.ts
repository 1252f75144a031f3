import type { AuditEntry } from "@/lib/audit/types";
import type { Stored } from "@/lib/db/types";
import type { ClusterScope, EpochMs } from "@/lib/domain/ids";
import { type Folded, foldRun } from "@/lib/domain/runbooks/fold";
import { OPEN_RUN_STATES, type Run } from "@/lib/domain/runbooks/run";
import type { Runbook } from "@/lib/domain/runbooks/runbook";
import { createBoards } from "./boards";
import { entryOfItself } from "./log";
import { measureDrills } from "./measure";
import { createSights, type Sights } from "./sights";
import type { RunParts } from "./types";

export type Loaded = { readonly run: Run; readonly runbook: Runbook };

/** Follows every open run with each new picture, from the start of the process on: what an earlier one left is gone on with. */
export type RunEngine = {
  readonly sights: Sights;
  /** One round: reads what others have changed, and goes on. */
  tick(): Promise<void>;
  /** The run as judged by the newest picture; null where it is not open, or not known here yet. */
  current(id: string): Run | null;
  /** Does something to a run while nothing else is done to it from here. */
  alone<T>(id: string, work: () => Promise<T>): Promise<T>;
  /** Writes a change of what is stored at `from`; false: somebody else was first. */
  commit(loaded: Loaded, folded: Folded, from: number): Promise<Stored<boolean>>;
  /** Takes up one that was begun or read just now. */
  take(loaded: Loaded): void;
  close(): Promise<void>;
};

const TICK_MS = 1_000;
/** How often what others have changed is read, in ms. */
const REFRESH_MS = 2_000;
/** On leaving, what is being written gets this long, in ms; what it does not come to is seen again by the next process. */
const CLOSE_WITHIN_MS = 1_000;

const after = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms).unref());

export function startRunEngine(parts: RunParts): RunEngine {
  const { scopes, collectors, store, audit, now } = parts;
  const sights = createSights(parts);
  const boards = createBoards(parts);
  const open = new Map<string, Loaded>();
  /** Runs of clusters that are not configured (any more) rest. */
  const elsewhere = new Set<string>();
  /** What could not be written yet. */
  const unsaved = new Map<string, Folded>();
  const queues = new Map<string, Promise<unknown>>();
  /** Rows of the audit log that could not be written yet, with their times. */
  const unwritten: { readonly entry: AuditEntry; readonly at: EpochMs }[] = [];
  let refreshedAt = 0;
  let closed = false;

  const ends = scopes.map((scope) =>
    collectors.onState(scope, (_state, picture) => {
      if (closed) return;
      sights.see({ ...picture, version: 0 });
      for (const [id, { run }] of open) if (run.scope === scope) goOn(id);
    }),
  );

  function alone<T>(id: string, work: () => Promise<T>): Promise<T> {
    const before = queues.get(id) ?? Promise.resolve();
    const next = before.then(work, work);
    const settled = next.then(
      () => undefined,
      () => undefined,
    );
    queues.set(id, settled);
    void settled.then(() => {
      if (queues.get(id) === settled) queues.delete(id);
    });
    return next;
  }

  /** Folds the newest picture into a run; while something is written of it, the picture after that does. */
  function goOn(id: string): void {
    const loaded = open.get(id);
    if (!loaded || queues.has(id)) return;
    const folded = unsaved.get(id) ?? foldRun(loaded.run, loaded.runbook, sights.of(loaded.run));
    if (folded.entries.length === 0) {
      open.set(id, { ...loaded, run: folded.run });
      return;
    }
    void alone(id, async () => {
      // What was seen once stays seen, with its time, however long the store is away.
      unsaved.set(id, folded);
      const committed = await commit(loaded, folded, loaded.run.version);
      if (committed.ok || committed.failure.kind === "failed") unsaved.delete(id);
      if (committed.ok && !committed.value) await reload(id);
    }).catch((error) => console.error(`Run ${id} could not be gone on with:`, error));
  }

  async function commit(loaded: Loaded, { run, entries }: Folded, from: number): Promise<Stored<boolean>> {
    const saved = await store.save(run, loaded.runbook, entries, from);
    if (!saved.ok || !saved.value) return saved;
    take({ ...loaded, run });
    const news = entries.flatMap((entry) => entryOfItself(run, entry) ?? []);
    if (news.length > 0) {
      unwritten.push(...news.map((entry) => ({ entry, at: now() })));
      await writeAudit();
    }
    return saved;
  }

  let writing: Promise<void> = Promise.resolve();
  function writeAudit(): Promise<void> {
    writing = writing.then(writeNext, writeNext);
    return writing;
  }

  async function writeNext(): Promise<void> {
    while (unwritten[0]) {
      const { entry, at } = unwritten[0];
      const written = await audit.append(entry, at);
      if (!written.ok && written.failure.kind !== "failed") return;
      if (!written.ok) console.error(`The record of a run was given up: ${written.failure.text}`);
      unwritten.shift();
    }
  }

  function take(loaded: Loaded): void {
    const { run } = loaded;
    unsaved.delete(run.id);
    if (OPEN_RUN_STATES.has(run.state)) open.set(run.id, loaded);
    else open.delete(run.id);
    if (!scopes.includes(run.scope)) elsewhere.add(run.id);
    show();
  }

  async function reload(id: string): Promise<void> {
    const stored = await store.run(id);
    if (!stored.ok) return;
    if (stored.value) take(stored.value);
    else open.delete(id);
  }

  async function refresh(): Promise<void> {
    const stored = await store.open();
    if (!stored.ok) return;
    const versions = new Map(stored.value.map(({ id, version }) => [id, version]));
    const changed = [...new Set([...versions.keys(), ...open.keys()])].filter(
      (id) => !elsewhere.has(id) && open.get(id)?.run.version !== versions.get(id),
    );
    for (const id of changed) await alone(id, () => reload(id));
    refreshedAt = now();
    boards.known();
    await measureDrills(parts, (scope: ClusterScope) => boards.forget(scope));
  }

  async function round(): Promise<void> {
    if (now() - refreshedAt >= REFRESH_MS) await refresh();
    await sights.follow([...open.values()].map(({ run }) => run));
    for (const id of [...open.keys()]) goOn(id);
    await Promise.all(queues.values());
    await writeAudit();
    await boards.readProven();
    show();
  }

  const show = () => boards.show([...open.values()]);

  let running: Promise<void> = Promise.resolve();
  let pending = false;
  function tick(): Promise<void> {
    running = running
      .then(() => (closed ? undefined : round()))
      .catch((error) => console.error("A round of runs broke off:", error));
    return running;
  }
  const timer = setInterval(() => {
    if (pending) return;
    pending = true;
    void tick().finally(() => {
      pending = false;
    });
  }, TICK_MS);
  timer.unref();

  return {
    sights,
    tick,
    current: (id) => open.get(id)?.run ?? null,
    alone,
    commit,
    take,
    async close() {
      closed = true;
      clearInterval(timer);
      for (const end of ends) end();
      await Promise.race([running.then(() => Promise.all(queues.values())), after(CLOSE_WITHIN_MS)]);
    },
  };
}
