import type { CompiledQuery, Kysely } from "kysely";
import { writeGapSchema } from "@/lib/contract/record";
import type { Schema } from "@/lib/db/schema";
import type { Store, Stored } from "@/lib/db/types";
import type { WriteGap } from "@/lib/domain/events/event";
import { gapEvent } from "@/lib/domain/events/write-gap";
import type { ClusterScope, EpochMs } from "@/lib/domain/ids";
import { insertEvent } from "./events";

/** Stores a gap as it is known now; once it is over, with the event that tells its length. */
export function storeGap(build: Kysely<Schema>, gap: WriteGap): CompiledQuery[] {
  const event = gapEvent(gap);
  return [upsertGap(build, gap), ...(event ? [insertEvent(build, event)] : [])];
}

/** What is known later wins, but an end that is known is never taken back: the same gap may be written late and twice. */
export function upsertGap(build: Kysely<Schema>, gap: WriteGap): CompiledQuery {
  const row = {
    scope: gap.scope,
    started_at: Date.parse(gap.startedAt),
    ended_at: gap.endedAt === null ? null : Date.parse(gap.endedAt),
    body: JSON.stringify(gap),
  };
  return build
    .insertInto("write_gap")
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(["scope", "started_at"])
        .doUpdateSet((of) => ({ ended_at: of.ref("excluded.ended_at"), body: of.ref("excluded.body") }))
        .where("write_gap.ended_at", "is", null),
    )
    .compile();
}

/** Gaps that overlap the window, oldest first. */
export async function readGaps(
  store: Store,
  scope: ClusterScope,
  from: EpochMs,
  to: EpochMs,
): Promise<Stored<readonly WriteGap[]>> {
  const rows = await store.read((db) =>
    db
      .selectFrom("write_gap")
      .select("body")
      .where("scope", "=", scope)
      .where("started_at", "<=", to)
      .where((of) => of.or([of("ended_at", "is", null), of("ended_at", ">=", from)]))
      .orderBy("started_at")
      .execute(),
  );
  if (!rows.ok) return rows;
  const parsed = rows.value.map(({ body }) => writeGapSchema.safeParse(JSON.parse(body)));
  return { ok: true, value: parsed.flatMap((gap) => (gap.success ? [gap.data] : [])) };
}

/**
 * Ends gaps that an earlier run left open when it was killed. When writes came back nobody saw; they are ended where that run last
 * recorded, and carry `unobserved` among the failures.
 */
export function endAbandoned(build: Kysely<Schema>, gaps: readonly WriteGap[], lastAt: EpochMs): CompiledQuery[] {
  return gaps
    .filter((gap) => gap.endedAt === null)
    .flatMap((gap) => {
      const endedAt = new Date(Math.max(lastAt, Date.parse(gap.startedAt))).toISOString() as WriteGap["startedAt"];
      return storeGap(build, { ...gap, endedAt, failures: { ...gap.failures, unobserved: 1 } });
    });
}
