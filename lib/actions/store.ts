import { randomUUID } from "node:crypto";
import type { CompiledQuery, Kysely } from "kysely";
import type { ClusterLockTable, Schema } from "@/lib/db/schema";
import type { Store, Stored } from "@/lib/db/types";
import type { Operation, OperationState, PauseNote } from "@/lib/domain/actions/operation";
import type { Plan } from "@/lib/domain/actions/plan";
import type { EpochMs } from "@/lib/domain/ids";
import {
  beginStatements,
  lockStatements,
  putStatements,
  releaseStatement,
  saveStatement,
  takeOverStatements,
} from "./store-statements";
import type { ActionStore, RowHolder } from "./types";

/** Plans that nobody used are kept for so long after they ran out, in ms. */
const PLAN_KEPT_MS = 86_400_000;
/** The row may be given back between the look that it was taken and the look at who has it. */
const ATTEMPTS_MAX = 5;

/** Plans, operations and the row lock in our own store. Of two that come at once exactly one wins, whatever fails in between. */
export function createActionStore(store: Store, now: () => EpochMs = Date.now): ActionStore {
  const { build } = store;

  /**
   * Writes, then answers by what is to be seen: a write gives no results. One that failed may have come through, or may yet; sent again it
   * comes after itself, so that what is then read is final.
   */
  async function settle<T>(
    statements: readonly CompiledQuery[],
    look: (db: Kysely<Schema>) => Promise<T | null>,
    otherwise: string,
  ): Promise<Stored<T>> {
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
      const first = await store.write(statements);
      const written = first.ok || first.failure.kind === "failed" ? first : await store.write(statements);
      if (!written.ok) return written;
      const seen = await store.read(look);
      if (!seen.ok) return seen;
      if (seen.value !== null) return { ok: true, value: seen.value };
    }
    return refused(otherwise);
  }

  async function carriedByUs(
    statements: readonly CompiledQuery[],
    operationId: string,
    boot: string,
  ): Promise<Stored<void>> {
    const held = await settle(
      statements,
      async (db) => ({ by: await lockOf(db, operationId), stored: await isStored(db, operationId) }),
      NOT_STORED,
    );
    if (!held.ok) return held;
    if (held.value.by && held.value.by.boot !== boot) return refused("another dashboard carries this operation");
    return held.value.stored ? DONE : refused(NOT_STORED);
  }

  return {
    savePlan: (plan) =>
      store.write([
        build
          .insertInto("plan")
          .values({
            id: plan.id,
            scope: plan.scope,
            expires_at: Date.parse(plan.expiresAt),
            used_by: null,
            body: JSON.stringify(plan),
          })
          .onConflict((conflict) => conflict.doNothing())
          .compile(),
        build
          .deleteFrom("plan")
          .where("expires_at", "<", now() - PLAN_KEPT_MS)
          .where("used_by", "is", null)
          .compile(),
      ]),

    async plan(id) {
      const row = await store.read((db) =>
        db.selectFrom("plan").select(["body", "used_by"]).where("id", "=", id).executeTakeFirst(),
      );
      if (!row.ok) return row;
      const plan = row.value && parsed<Plan>(row.value.body);
      return { ok: true, value: plan ? { plan, usedBy: row.value?.used_by ?? null } : null };
    },

    begin: (operation) =>
      settle(
        beginStatements(build, operation, randomUUID(), now()),
        async (db) => {
          const lock = await clusterLock(db, operation.scope);
          const usedBy = await userOf(db, operation.planId);
          if (usedBy === operation.id && lock?.operation_id === operation.id) return { kind: "begun" } as const;
          if (usedBy !== null) return { kind: "plan-used", operationId: usedBy } as const;
          return lock && ({ kind: "busy", holder: holderOf(lock) } as const);
        },
        NO_PLAN,
      ),

    put: (operation) =>
      settle(
        putStatements(build, operation),
        async (db) => {
          const usedBy = await userOf(db, operation.planId);
          if (usedBy === operation.id) return { kind: "stored" } as const;
          return usedBy === null ? null : ({ kind: "plan-used", operationId: usedBy } as const);
        },
        NO_PLAN,
      ),

    lock(operation) {
      const claim = randomUUID();
      return settle(
        lockStatements(build, operation, claim, now()),
        async (db) => {
          const lock = await clusterLock(db, operation.scope);
          if (lock?.claim === claim) return { kind: "begun" } as const;
          return lock && ({ kind: "busy", holder: holderOf(lock) } as const);
        },
        "the operation is not stored, or has ended",
      );
    },

    save: (operation) => carriedByUs([saveStatement(build, operation)], operation.id, operation.boot),

    async renew(scope, operationId, boot) {
      const statement = build
        .updateTable("cluster_lock")
        .set({ renewed_at: now() })
        .where("scope", "=", scope)
        .where("operation_id", "=", operationId)
        .where("boot", "=", boot)
        .compile();
      const written = await store.write([statement]);
      if (!written.ok) return written;
      const lock = await store.read((db) => clusterLock(db, scope));
      if (!lock.ok) return lock;
      const ours = lock.value?.operation_id === operationId && lock.value.boot === boot;
      return ours ? DONE : refused("the lock is not ours any more");
    },

    async takeOver(operationId, boot, silentSince) {
      const found = await store.read((db) => readOperation(db, operationId));
      if (!found.ok) return found;
      if (!found.value) return { ok: true, value: false };
      const claim = randomUUID();
      return settle(
        takeOverStatements(build, { ...found.value, boot }, claim, silentSince, now()),
        async (db) => (await lockOf(db, operationId))?.claim === claim,
        NOT_STORED,
      );
    },

    async release(scope, operationId) {
      const written = await store.write([releaseStatement(build, scope, operationId)]);
      if (!written.ok) return written;
      const lock = await store.read((db) => clusterLock(db, scope));
      if (!lock.ok) return lock;
      return lock.value?.operation_id === operationId ? refused("the stored operation still runs") : DONE;
    },

    async holder(scope) {
      const lock = await store.read((db) => clusterLock(db, scope));
      return lock.ok ? { ok: true, value: lock.value && holderOf(lock.value) } : lock;
    },

    operation: (id) => store.read((db) => readOperation(db, id)),

    async operations(scope, { before, limit }) {
      const rows = await store.read((db) => {
        const asked = storedOperations(db).where("operation.scope", "=", scope);
        const page = before === null ? asked : asked.where("operation.created_at", "<", before);
        return page.orderBy("operation.created_at", "desc").orderBy("operation.id", "desc").limit(limit).execute();
      });
      return rows.ok ? { ok: true, value: rows.value.flatMap(operationOf) } : rows;
    },

    async open() {
      const rows = await store.read((db) =>
        storedOperations(db)
          .where("operation.open", "=", 1)
          .orderBy("operation.created_at")
          .orderBy("operation.id")
          .execute(),
      );
      return rows.ok ? { ok: true, value: rows.value.flatMap(operationOf) } : rows;
    },

    counts: () =>
      store.read(async (db) => {
        const rows = await db
          .selectFrom("operation")
          .select(["scope", "state", (part) => part.fn.countAll<number | string>().as("count")])
          .groupBy(["scope", "state"])
          .execute();
        // PostgreSQL's count(*) is 64 bits wide, and may come as text.
        return rows.map(({ scope, state, count }) => ({
          scope,
          state: state as OperationState,
          count: Number(count),
        }));
      }),

    async pause(scope) {
      const row = await store.read((db) =>
        db.selectFrom("pause_note").select("body").where("scope", "=", scope).executeTakeFirst(),
      );
      return row.ok ? { ok: true, value: row.value ? parsed<PauseNote>(row.value.body) : null } : row;
    },

    setPause(scope, note) {
      if (note === null) return store.write([build.deleteFrom("pause_note").where("scope", "=", scope).compile()]);
      const body = JSON.stringify(note);
      return store.write([
        build
          .insertInto("pause_note")
          .values({ scope, body })
          .onConflict((conflict) => conflict.column("scope").doUpdateSet({ body }))
          .compile(),
      ]);
    },
  };
}

const DONE: Stored<void> = { ok: true, value: undefined };
const NO_PLAN = "the plan is not in the store";
const NOT_STORED = "the operation is not in the store";
const refused = (text: string): Stored<never> => ({ ok: false, failure: { kind: "failed", text } });

const clusterLock = async (db: Kysely<Schema>, scope: string) =>
  (await db.selectFrom("cluster_lock").selectAll().where("scope", "=", scope).executeTakeFirst()) ?? null;

const lockOf = async (db: Kysely<Schema>, operationId: string) =>
  (await db.selectFrom("cluster_lock").selectAll().where("operation_id", "=", operationId).executeTakeFirst()) ?? null;

const userOf = async (db: Kysely<Schema>, planId: string) =>
  (await db.selectFrom("plan").select("used_by").where("id", "=", planId).executeTakeFirst())?.used_by ?? null;

const isStored = async (db: Kysely<Schema>, id: string) =>
  (await db.selectFrom("operation").select("id").where("id", "=", id).executeTakeFirst()) !== undefined;

/** With the boot of who carries it now: after it was taken over, another than the one it was saved with. */
const storedOperations = (db: Kysely<Schema>) =>
  db
    .selectFrom("operation")
    .leftJoin("cluster_lock", "cluster_lock.operation_id", "operation.id")
    .select(["operation.body", "cluster_lock.boot"]);

async function readOperation(db: Kysely<Schema>, id: string): Promise<Operation | null> {
  const row = await storedOperations(db).where("operation.id", "=", id).executeTakeFirst();
  return (row && operationOf(row)[0]) ?? null;
}

function operationOf({ body, boot }: { readonly body: string; readonly boot: string | null }): readonly Operation[] {
  const operation = parsed<Operation>(body);
  return operation ? [{ ...operation, boot: boot ?? operation.boot }] : [];
}

/** What this store wrote itself; null for what somebody has spoilt. */
function parsed<T>(body: string): T | null {
  try {
    return JSON.parse(body) as T;
  } catch {
    console.error("The store holds a plan, an operation or a note that cannot be read.");
    return null;
  }
}

const holderOf = ({ operation_id, action, actor, at, renewed_at }: ClusterLockTable): RowHolder => ({
  operationId: operation_id,
  action,
  actor,
  at,
  renewedAt: renewed_at,
});
