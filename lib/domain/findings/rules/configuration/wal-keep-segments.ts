import { freshOf, sourceId } from "../../../evidence/evidence";
import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { about, configurationOf, parameterAt } from "./reading";

/** The first release of PostgreSQL that has `wal_keep_size` in its stead. */
const GONE_SINCE = 130_000;

/**
 * `wal_keep_segments` on a PostgreSQL that does not know it any more. No runbook: one change of the dynamic configuration mends it, without
 * a restart.
 */
export const configWalKeepSegments: FindingRule = {
  id: "config-wal-keep-segments",
  group: "configuration",
  runbook: null,
  find(input) {
    const configuration = configurationOf(input);
    if (!configuration || parameterAt(configuration, "wal_keep_segments") === null) return [];
    const server = input.evidence.members.find(
      ({ postgres, patroni }) =>
        (freshOf(postgres)?.serverVersion ?? freshOf(patroni)?.serverVersion ?? 0) >= GONE_SINCE,
    );
    if (!server) return [];
    const isSet = parameterAt(configuration, "wal_keep_size") !== null;
    const text = message("finding.config-wal-keep-segments.text", { size: isSet ? "yes" : "no" });
    const basis = server.postgres.state === "fresh" ? "postgres" : "patroni";
    const more = [{ text, sourceId: sourceId(basis, server.name) }];
    return [about(input, "postgresql.parameters.wal_keep_segments", "info", text, more)];
  },
};
