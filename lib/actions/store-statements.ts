import { type CompiledQuery, type Kysely, type RawBuilder, sql } from "kysely";
import type { Schema } from "@/lib/db/schema";
import type { Operation } from "@/lib/domain/actions/operation";
import { OPEN_STATES } from "@/lib/domain/actions/operation";
import type { EpochMs } from "@/lib/domain/ids";

/**
 * The writes of the action store. Each looks at the tables itself whether it may still be done, so that it does nothing when it comes too
 * late or a second time; who won is then read back. All of them touch lock, plan and operation in this order: none waits for another in
 * a circle.
 */
type Build = Kysely<Schema>;

const isOpen = ({ state }: Operation): number => (OPEN_STATES.has(state) ? 1 : 0);

/** Takes the row of the cluster, where it is free and `when` holds. */
export function takeLock(
  build: Build,
  { scope, id, action, actor, boot }: Pick<Operation, "scope" | "id" | "action" | "actor" | "boot">,
  claim: string,
  now: EpochMs,
  when: RawBuilder<unknown>,
): CompiledQuery {
  const texts = [scope, id, action, actor, boot, claim].map((value) => sql`cast(${value} as text)`);
  return sql`insert into cluster_lock (scope, operation_id, action, actor, boot, claim, at, renewed_at)
    select ${sql.join(texts)}, cast(${now} as bigint), cast(${now} as bigint)
    where ${when} on conflict do nothing`.compile(build);
}

const holdsLock = ({ scope, id }: Operation) =>
  sql`exists (select 1 from cluster_lock where scope = ${scope} and operation_id = ${id})`;
const usesPlan = ({ id, planId }: Operation) =>
  sql`exists (select 1 from plan where id = ${planId} and used_by = ${id})`;

/** Lock, plan and operation, or nothing of it. A plan that is used up begins nothing, and neither does an operation that is stored. */
export function beginStatements(build: Build, operation: Operation, claim: string, now: EpochMs): CompiledQuery[] {
  const { id, scope, planId } = operation;
  const mayUse = sql`exists (select 1 from plan where id = ${planId} and (used_by is null or used_by = ${id}))
    and not exists (select 1 from operation where id = ${id})`;
  return [
    takeLock(build, operation, claim, now, mayUse),
    sql`update plan set used_by = ${id} where id = ${planId} and used_by is null and ${holdsLock(operation)}`.compile(
      build,
    ),
    // Somebody used the plan up, without the lock, between the two statements above.
    sql`delete from cluster_lock where scope = ${scope} and operation_id = ${id} and not ${usesPlan(operation)}`.compile(
      build,
    ),
    insertOperation(build, operation, sql`${holdsLock(operation)} and ${usesPlan(operation)}`),
  ];
}

/** Plan and operation without the lock. */
export const putStatements = (build: Build, operation: Operation): CompiledQuery[] => [
  sql`update plan set used_by = ${operation.id} where id = ${operation.planId} and used_by is null`.compile(build),
  insertOperation(build, operation, usesPlan(operation)),
];

function insertOperation(build: Build, operation: Operation, when: RawBuilder<unknown>): CompiledQuery {
  const { id, scope, planId, state, createdAt } = operation;
  const texts = [id, scope, planId, state, JSON.stringify(operation)].map((value) => sql`cast(${value} as text)`);
  return sql`insert into operation (id, scope, plan_id, state, body, open, created_at)
    select ${sql.join(texts)}, cast(${isOpen(operation)} as integer), cast(${Date.parse(createdAt)} as bigint)
    where ${when} on conflict do nothing`.compile(build);
}

/** The lock for an operation that is stored and waits; with it, the operation as it is now. */
export function lockStatements(build: Build, operation: Operation, claim: string, now: EpochMs): CompiledQuery[] {
  const { id, scope } = operation;
  const waits = sql`exists (select 1 from operation where id = ${id} and open = 1)`;
  return [
    takeLock(build, operation, claim, now, waits),
    updateOperation(
      build,
      operation,
      sql`exists (select 1 from cluster_lock where scope = ${scope} and claim = ${claim})`,
    ),
  ];
}

/** Not where another dashboard carries it, and an operation that has ended is not opened again. */
export const saveStatement = (build: Build, operation: Operation): CompiledQuery =>
  updateOperation(
    build,
    operation,
    sql`(open = 1 or ${isOpen(operation)} = 0) and not exists (
      select 1 from cluster_lock where operation_id = ${operation.id} and boot <> ${operation.boot})`,
  );

const updateOperation = (build: Build, operation: Operation, when: RawBuilder<unknown>): CompiledQuery =>
  sql`update operation set state = ${operation.state}, open = ${isOpen(operation)}, body = ${JSON.stringify(operation)}
    where id = ${operation.id} and ${when}`.compile(build);

/** Another carrier for an operation whose own has been silent; its lock is taken anew where it was lost and the cluster is free. */
export function takeOverStatements(
  build: Build,
  operation: Operation,
  claim: string,
  silentSince: EpochMs,
  now: EpochMs,
): CompiledQuery[] {
  const { id, boot } = operation;
  const lives = sql`exists (select 1 from operation where id = ${id} and open = 1)`;
  return [
    sql`update cluster_lock set boot = ${boot}, claim = ${claim}, renewed_at = ${now}
      where operation_id = ${id} and (boot = ${boot} or renewed_at < ${silentSince}) and ${lives}`.compile(build),
    takeLock(
      build,
      operation,
      claim,
      now,
      sql`${lives} and not exists (select 1 from cluster_lock where operation_id = ${id})`,
    ),
  ];
}

/** Not while the stored operation runs: whoever carries it then is somebody else, or its end could not be written. */
export const releaseStatement = (build: Build, scope: string, operationId: string): CompiledQuery =>
  sql`delete from cluster_lock where scope = ${scope} and operation_id = ${operationId}
    and not exists (select 1 from operation where id = ${operationId} and state = 'running')`.compile(build);
