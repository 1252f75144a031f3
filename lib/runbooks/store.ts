import { randomUUID } from "node:crypto";
import { type CompiledQuery, type Kysely, sql } from "kysely";
import type { RunTable, Schema } from "@/lib/db/schema";
import type { Store, Stored } from "@/lib/db/types";
import { type ClusterScope, type EpochMs, instant } from "@/lib/domain/ids";
import {
  type Measured,
  OPEN_RUN_STATES,
  type Proof,
  type Run,
  type RunBoard,
  type RunEntry,
} from "@/lib/domain/runbooks/run";
import type { Runbook } from "@/lib/domain/runbooks/runbook";

/** A run with the runbook that it follows, as that was when it began: files may change under it. */
export type StoredRun = {
  readonly run: Run;
  readonly runbook: Runbook;
  readonly measured: Measured | null;
  readonly proof: Proof | null;
};

/**
 * Runs in our own store. Every write may be repeated without harm, and of two dashboards that change the same version of a run one does.
 * What was done in a run is added to and never changed.
 */
export type RunStore = {
  /** `busy`: a run of the same runbook is open on the cluster. */
  begin(
    run: Run,
    runbook: Runbook,
    entries: readonly RunEntry[],
  ): Promise<Stored<{ readonly kind: "begun" } | { readonly kind: "busy"; readonly runId: string }>>;
  /** False: the run is not at `version` any more. `entries` holds at least one. */
  save(run: Run, runbook: Runbook, entries: readonly RunEntry[], version: number): Promise<Stored<boolean>>;
  run(id: string): Promise<Stored<StoredRun | null>>;
  entries(id: string): Promise<Stored<readonly RunEntry[]>>;
  /** The open run of a runbook on a cluster. */
  openRun(scope: ClusterScope, runbookId: string): Promise<Stored<string | null>>;
  /** Which are open, of every cluster, and at which version. */
  open(): Promise<Stored<readonly { readonly id: string; readonly version: number }[]>>;
  /** Newest first; `before` is the `startedAt` of the last one of the page before. */
  runs(
    scope: ClusterScope,
    query: { readonly before: EpochMs | null; readonly limit: number },
  ): Promise<Stored<readonly StoredRun[]>>;
  /** Drills that have ended and were not measured. */
  unmeasured(): Promise<Stored<readonly StoredRun[]>>;
  measure(id: string, measured: Measured, proof: Proof | null): Promise<Stored<void>>;
  proven(scope: ClusterScope): Promise<Stored<RunBoard["proven"]>>;
};

export function createRunStore(store: Store): RunStore {
  const { build } = store;

  /** One that failed may have come through, or may yet; sent again it comes after itself, so that what is then read is final. */
  async function written(statements: readonly CompiledQuery[]): Promise<Stored<void>> {
    const first = await store.write(statements);
    return first.ok || first.failure.kind === "failed" ? first : await store.write(statements);
  }

  return {
    async begin(run, runbook, entries) {
      const claim = randomUUID();
      const stored = await written(beginStatements(build, run, runbook, entries, claim));
      if (!stored.ok) return stored;
      return store.read(async (db) => {
        if (await idOf(db, run.id)) return { kind: "begun" } as const;
        return { kind: "busy", runId: (await openRun(db, run.scope, run.runbookId)) ?? "" } as const;
      });
    },

    async save(run, runbook, entries, version) {
      const claim = randomUUID();
      const stored = await written(saveStatements(build, run, runbook, entries, { version, claim }));
      if (!stored.ok) return stored;
      return store.read(async (db) => {
        const first = entries[0]?.seq ?? 0;
        const row = await db
          .selectFrom("run_entry")
          .select("claim")
          .where("run_id", "=", run.id)
          .where("seq", "=", first)
          .executeTakeFirst();
        return row?.claim === claim;
      });
    },

    run: (id) =>
      store.read(async (db) => {
        const row = await db.selectFrom("run").selectAll().where("id", "=", id).executeTakeFirst();
        return (row && storedOf(row)[0]) ?? null;
      }),

    entries: (id) =>
      store.read(async (db) => {
        const rows = await db.selectFrom("run_entry").select("body").where("run_id", "=", id).orderBy("seq").execute();
        return rows.flatMap(({ body }) => parsed<RunEntry>(body) ?? []);
      }),

    openRun: (scope, runbookId) => store.read((db) => openRun(db, scope, runbookId)),

    open: () => store.read((db) => db.selectFrom("run").select(["id", "version"]).where("open", "=", 1).execute()),

    runs: (scope, { before, limit }) =>
      store.read(async (db) => {
        const asked = db.selectFrom("run").selectAll().where("scope", "=", scope);
        const page = before === null ? asked : asked.where("started_at", "<", before);
        const rows = await page.orderBy("started_at", "desc").orderBy("id", "desc").limit(limit).execute();
        return rows.flatMap(storedOf);
      }),

    unmeasured: () =>
      store.read(async (db) => {
        const asked = db.selectFrom("run").selectAll().where("open", "=", 0).where("unmeasured", "=", 1);
        return (await asked.orderBy("started_at").execute()).flatMap(storedOf);
      }),

    measure: (id, measured, proof) =>
      written([
        build
          .updateTable("run")
          .set({ unmeasured: 0, measured: JSON.stringify(measured), proof })
          .where("id", "=", id)
          .compile(),
      ]),

    proven: (scope) =>
      store.read(async (db) => {
        const [failover, restore] = await Promise.all([
          lastProof(db, scope, "failover"),
          lastProof(db, scope, "restore"),
        ]);
        return {
          failover: failover && { at: failover.at, runId: failover.runId, gapMs: failover.gapMs },
          restore: restore && { at: restore.at, runId: restore.runId },
        };
      }),
  };
}

type Build = Kysely<Schema>;

const openOf = ({ state }: Run): 0 | 1 => (OPEN_RUN_STATES.has(state) ? 1 : 0);
const unmeasuredOf = ({ state }: Run, { kind }: Runbook): 0 | 1 => (kind === "drill" && state === "done" ? 1 : 0);
const endedOf = ({ endedAt }: Run): number | null => (endedAt === null ? null : Date.parse(endedAt));
const text = (value: string) => sql`cast(${value} as text)`;

function beginStatements(
  build: Build,
  run: Run,
  runbook: Runbook,
  entries: readonly RunEntry[],
  claim: string,
): CompiledQuery[] {
  const row: RunTable = {
    id: run.id,
    scope: run.scope,
    runbook_id: run.runbookId,
    open: openOf(run),
    version: run.version,
    started_at: Date.parse(run.startedAt),
    ended_at: endedOf(run),
    body: JSON.stringify(run),
    runbook: JSON.stringify(runbook),
    claim,
    unmeasured: unmeasuredOf(run, runbook),
    measured: null,
    proof: null,
  };
  const insert = build
    .insertInto("run")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .compile();
  return [insert, ...entryStatements(build, run.id, entries, claim)];
}

function saveStatements(
  build: Build,
  run: Run,
  runbook: Runbook,
  entries: readonly RunEntry[],
  { version, claim }: { readonly version: number; readonly claim: string },
): CompiledQuery[] {
  const update = build
    .updateTable("run")
    .set({
      // Measured once, however often a word is added to its record afterwards.
      unmeasured: sql<number>`case when open = 1 then ${unmeasuredOf(run, runbook)} else unmeasured end`,
      open: openOf(run),
      version: run.version,
      ended_at: endedOf(run),
      body: JSON.stringify(run),
      claim,
    })
    .where("id", "=", run.id)
    .where("version", "=", version)
    .compile();
  return [update, ...entryStatements(build, run.id, entries, claim)];
}

/** Only with the change of the run that they belong to. */
const entryStatements = (build: Build, id: string, entries: readonly RunEntry[], claim: string): CompiledQuery[] =>
  entries.map((entry) =>
    sql`insert into run_entry (run_id, seq, claim, body)
      select ${text(id)}, cast(${entry.seq} as integer), ${text(claim)}, ${text(JSON.stringify(entry))}
      where exists (select 1 from run where id = ${id} and claim = ${claim}) on conflict do nothing`.compile(build),
  );

const idOf = (db: Build, id: string) => db.selectFrom("run").select("id").where("id", "=", id).executeTakeFirst();

async function openRun(db: Build, scope: string, runbookId: string): Promise<string | null> {
  const asked = db.selectFrom("run").select("id").where("open", "=", 1).where("scope", "=", scope);
  return (await asked.where("runbook_id", "=", runbookId).executeTakeFirst())?.id ?? null;
}

async function lastProof(db: Build, scope: string, proof: Proof) {
  const row = await db
    .selectFrom("run")
    .select(["id", "ended_at", "measured"])
    .where("scope", "=", scope)
    .where("proof", "=", proof)
    .orderBy("ended_at", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!row || row.ended_at === null) return null;
  const measured = row.measured === null ? null : parsed<Measured>(row.measured);
  return { at: instant(row.ended_at), runId: row.id, gapMs: measured?.gapMs ?? null };
}

function storedOf(row: RunTable): readonly StoredRun[] {
  const run = parsed<Run>(row.body);
  const runbook = parsed<Runbook>(row.runbook);
  if (!run || !runbook) return [];
  const measured = row.measured === null ? null : parsed<Measured>(row.measured);
  return [{ run, runbook, measured, proof: row.proof as Proof | null }];
}

/** What this store wrote itself; null for what somebody has spoilt. */
function parsed<T>(body: string): T | null {
  try {
    return JSON.parse(body) as T;
  } catch {
    console.error("The store holds a run that cannot be read.");
    return null;
  }
}
