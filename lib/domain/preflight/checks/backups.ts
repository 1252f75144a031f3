import type { PlanContext } from "../../actions/facts";
import type { Check } from "../../actions/plan";
import { sourceId } from "../../evidence/evidence";
import { message } from "../../message";
import { listed } from "./amounts";
import { pass, warn } from "./check";
import { seenSource } from "./seen";

/** WAL files that wait to be archived beyond which the archiver is behind. */
const BACKLOG_LARGE = 64;

/** Backups and the archive: what a change of leader would break off, and WAL that lives on the old leader alone. */
export const backupChecks = (context: PlanContext): readonly Check[] => [
  ...backupRunning(context),
  ...archiverWell(context),
];

/** No check where no backup is configured. */
export function backupRunning(context: PlanContext): readonly Check[] {
  const id = "backup-running";
  const { sources } = context.snapshot.backups;
  if (sources.length === 0) return [];
  const evidence = sources.flatMap((source) =>
    source.places.map((place) =>
      seenSource(context, place.sourceId, message("preflight.seen.backup", { name: source.name }), place.at),
    ),
  );
  const running = sources.filter((source) => source.running !== null);
  if (running.length > 0) {
    const names = listed(running.map(({ name, running: one }) => (one?.place ? `${name} (${one.place})` : name)));
    const advice = message("preflight.backup-running.some-advice");
    return [warn(context, id, message("preflight.backup-running.some", { names }), advice, evidence)];
  }
  const unseen = sources.filter((source) => source.trust !== "fresh" || !source.runningKnown);
  if (unseen.length > 0) {
    const names = listed(unseen.map(({ name }) => name));
    const advice = message("preflight.backup-running.unknown-advice");
    return [warn(context, id, message("preflight.backup-running.unknown", { names }), advice, evidence)];
  }
  return [pass(context, id, message("preflight.backup-running.none"), evidence)];
}

/** No check where PostgreSQL is not looked at, and where nothing is to be archived. */
export function archiverWell(context: PlanContext): readonly Check[] {
  const id = "archiver";
  const { archiving } = context.snapshot;
  if (archiving === null) return [];
  const evidence = archiving.member
    ? [seenSource(context, sourceId("postgres-vitals", archiving.member), archiving.text, archiving.at)]
    : [];
  if (archiving.trust !== "fresh" || archiving.state === "unknown") {
    const advice = message("preflight.archiver.unknown-advice");
    return [warn(context, id, message("preflight.archiver.unknown"), advice, evidence)];
  }
  const backlog = archiving.backlog ?? 0;
  const advice = message("preflight.archiver.bad-advice");
  if (archiving.state === "failing" || archiving.state === "stuck")
    return [warn(context, id, message("preflight.archiver.failing", { backlog }), advice, evidence)];
  if (backlog >= BACKLOG_LARGE)
    return [warn(context, id, message("preflight.archiver.behind", { backlog }), advice, evidence)];
  const text = archiving.state === "off" ? message("preflight.archiver.off") : message("preflight.archiver.well");
  return [pass(context, id, text, evidence)];
}
