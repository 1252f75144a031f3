import type { Kysely } from "kysely";
import type { SeriesAnswer, SeriesQuery } from "@/lib/contract/series";
import type { Schema } from "@/lib/db/schema";
import type { Store, Stored } from "@/lib/db/types";
import { type ClusterScope, instant } from "@/lib/domain/ids";
import { METRICS } from "@/lib/domain/metrics/catalog";
import type { SampleRetention } from "../samples/tiers";
import { watermarksOf } from "../samples/watermarks";
import { firstObserved, oldestBuckets } from "./first";
import { gridOf, partsOf } from "./plan";
import { joinSteps, pointsOf, type Step } from "./points";
import { piecesOf, readSteps } from "./steps";

type SeriesRow = { readonly id: number; readonly subject: string; readonly detail: string };

/** Reads one metric's lines; a series that has nothing at all in the window has no line. */
export function readSeries(
  store: Store,
  scope: ClusterScope,
  query: SeriesQuery,
  retention: SampleRetention,
  now: number,
): Promise<Stored<SeriesAnswer>> {
  const grid = gridOf(query, retention, now);
  const { unit, intervalMs } = METRICS[query.metric];
  return store.read(async (db) => {
    const [series, meta] = await Promise.all([
      seriesRows(db, scope, query),
      db.selectFrom("meta").selectAll().where("key", "like", "rolled:%").execute(),
    ]);
    const ids = series.map(({ id }) => id);
    const parts = ids.length === 0 ? [] : partsOf(grid, watermarksOf(meta));
    const pieces = parts.flatMap((part) =>
      piecesOf(ids, part).map((some) => readSteps(db, store.kind, some, part, grid)),
    );
    const steps = (await Promise.all(pieces)).flat();
    const byId = new Map<number, Step[]>(ids.map((id) => [id, []]));
    for (const step of steps) byId.get(step.id)?.push(step);
    const first = steps.length === 0 ? firstObserved(await oldestBuckets(db, ids)) : null;
    return {
      scope,
      metric: query.metric,
      unit,
      from: instant(query.from),
      to: instant(query.to),
      stepMs: grid.stepMs,
      tier: grid.tier.name,
      recordedSince: first === null ? null : instant(first),
      lines: series.flatMap(({ id, subject, detail }) => {
        const own = byId.get(id) ?? [];
        if (own.length === 0) return [];
        return [{ subject, detail, points: pointsOf(joinSteps(own), grid, intervalMs, now, query.points) }];
      }),
    };
  });
}

function seriesRows(db: Kysely<Schema>, scope: ClusterScope, { metric, subjects }: SeriesQuery): Promise<SeriesRow[]> {
  let rows = db
    .selectFrom("series")
    .select(["id", "subject", "detail"])
    .where("scope", "=", scope)
    .where("metric", "=", metric);
  if (subjects) rows = rows.where("subject", "in", subjects.length > 0 ? subjects : [""]);
  return rows.orderBy("subject").orderBy("detail").execute();
}
