import type { CompiledQuery, Kysely } from "kysely";
import type { Schema } from "@/lib/db/schema";
import type { EpochMs } from "@/lib/domain/ids";

/** Takes away what was over before `before`; what is open, or not told yet, stays. */
export const pruneStatements = (build: Kysely<Schema>, before: EpochMs): CompiledQuery[] => [
  build
    .deleteFrom("alert_told")
    .where("alert_id", "in", (from) =>
      from.selectFrom("alert").select("id").where("settled", "=", 1).where("resolved_at", "<", before),
    )
    .compile(),
  build.deleteFrom("alert").where("settled", "=", 1).where("resolved_at", "<", before).compile(),
  build.deleteFrom("delivery").where("state", "<>", "waiting").where("created_at", "<", before).compile(),
  build.deleteFrom("silence").where("until_at", "<", before).compile(),
];
