import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { SCOPE } from "@/lab/index";
import { RESULTS } from "./dashboard";

/** The store of the dashboard that specs share. */
const FILE = join(RESULTS, "dashboards", "shared", "matriarch.db");

export type StoredHighest = { readonly rows: number; readonly highest: number | null; readonly mean: number | null };

/**
 * What the thinned-out table of 10 s itself holds of one series about a moment (epoch ms): an answer of the product may be put together
 * from finer tables as long as those are there, and would prove nothing of the thinning out.
 */
export function thinnedAt(metric: string, subject: string, at: number): StoredHighest {
  const store = new Sqlite(FILE, { readonly: true, fileMustExist: true });
  try {
    const row = store
      .prepare(
        `SELECT count(*) AS "rows", max(t.max) AS highest, sum(t.sum) / sum(t.count) AS mean FROM sample_10s t
         JOIN series s ON s.id = t.series_id
         WHERE s.scope = ? AND s.metric = ? AND s.subject = ? AND t.at <= ? AND t.at > ? - 10000`,
      )
      .get(SCOPE, metric, subject, at, at);
    return row as StoredHighest;
  } finally {
    store.close();
  }
}
