import { message } from "../../../message";
import type { FindingRule } from "../../rule";
import { about, configurationOf, leaderVitals } from "./reading";

/** Backups that are worth nothing beyond their own end without the archived WAL after them. */
const NEED_ARCHIVE: ReadonlySet<string> = new Set(["pgbackrest", "wal-g"]);

/** Backups are configured, and the server archives no WAL. */
export const configArchiveOff: FindingRule = {
  id: "config-archive-off",
  group: "configuration",
  runbook: "archive-broken",
  find(input) {
    const needing = input.state.spec.backups.find(({ kind }) => NEED_ARCHIVE.has(kind));
    const server = leaderVitals(input);
    if (!needing || !configurationOf(input) || server?.settings.archive_mode !== "off") return [];
    const text = message("finding.config-archive-off.text", { backup: needing.name });
    return [about(input, "postgresql.parameters.archive_mode", "warn", text, [{ text, sourceId: server.sourceId }])];
  },
};
