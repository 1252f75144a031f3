import { createHash } from "node:crypto";
import type { ClusterScope } from "@/lib/domain/ids";
import type { MetricId } from "@/lib/domain/metrics/catalog";

export type SeriesKey = {
  readonly scope: ClusterScope;
  readonly metric: MetricId;
  readonly subject: string;
  readonly detail: string;
};

/**
 * The number of a series in the store, made from what it is: a sample can be written before anything was read, twice, and by two
 * dashboards on one store. 48 bits: among ten thousand series two share a number once in some millions of stores.
 */
export function seriesIdOf({ scope, metric, subject, detail }: SeriesKey): number {
  return createHash("sha256")
    .update(JSON.stringify([scope, metric, subject, detail]))
    .digest()
    .readUIntBE(0, 6);
}
