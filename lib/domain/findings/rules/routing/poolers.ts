import { freshOf, sourceId } from "../../../evidence/evidence";
import type { PgbouncerDatabase, PgbouncerFacts, PgbouncerPool } from "../../../facts";
import type { MemberName } from "../../../ids";
import { message } from "../../../message";
import type { FindingEvidence, FindingSubject } from "../../finding";
import type { FindingInput } from "../../rule";
import { subject } from "../../subject";

/** One pool of a PgBouncer whose clients wait too long. */
export type WaitingPool = { readonly pool: PgbouncerPool; readonly database: PgbouncerDatabase | null };

export type Pooler = {
  readonly member: MemberName;
  readonly facts: PgbouncerFacts;
  /** Pools in which somebody waits longer than the limit, the longest wait first. */
  readonly waiting: readonly WaitingPool[];
};

/** Every PgBouncer that answers. */
export function poolersOf({ evidence, limits }: FindingInput): Pooler[] {
  return evidence.members.flatMap(({ name, pgbouncer }) => {
    const facts = freshOf(pgbouncer);
    if (!facts) return [];
    const waiting = facts.pools
      .filter(({ clientsWaiting, maxWaitMs }) => clientsWaiting > 0 && maxWaitMs > limits.pgbouncerWaitMs)
      .map((pool) => ({ pool, database: databaseOf(pool, facts) }))
      .sort((a, b) => b.pool.maxWaitMs - a.pool.maxWaitMs);
    return [{ member: name, facts, waiting }];
  });
}

const databaseOf = ({ database }: PgbouncerPool, { databases }: PgbouncerFacts): PgbouncerDatabase | null =>
  databases.find(({ name }) => name === database) ?? databases.find(({ name }) => name === "*") ?? null;

export const isPaused = ({ database }: WaitingPool, { allPaused }: PgbouncerFacts): boolean =>
  allPaused === true || database?.paused === true;

export const ofPooler = ({ member }: Pooler): FindingSubject => subject("pgbouncer", member, member);

/** Two looks at least must say so: what one look met may have been over a moment later. */
export const poolerHoldMs = ({ state, limits }: FindingInput, { member }: Pooler): number =>
  Math.max(limits.pgbouncerHoldMs, (state.pgbouncer[member]?.intervalMs ?? 0) + 1_000);

export const wordsOf = ({ member }: Pooler, pools: readonly WaitingPool[]): FindingEvidence[] =>
  pools.map(({ pool, database }) => ({
    text: message("finding.routing.pooler", {
      pool: `${pool.database}/${pool.user}`,
      clients: pool.clientsWaiting,
      servers: pool.serversActive,
      known: database?.poolSize == null ? "no" : "yes",
      size: database?.poolSize ?? 0,
    }),
    sourceId: sourceId("pgbouncer", member),
  }));

/** What a text says of those who wait: how many in all, and how long the longest, so rough that it is not new with each look. */
export function waitParams({ member }: Pooler, pools: readonly WaitingPool[]) {
  const longest = pools[0]?.pool;
  const seconds = (longest?.maxWaitMs ?? 0) / 1_000;
  return {
    member,
    pool: longest ? `${longest.database}/${longest.user}` : "?",
    more: pools.length - 1,
    clients: pools.reduce((sum, { pool }) => sum + pool.clientsWaiting, 0),
    seconds: STEPS_SECONDS.findLast((step) => step <= seconds) ?? 0,
  };
}

const STEPS_SECONDS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600];
