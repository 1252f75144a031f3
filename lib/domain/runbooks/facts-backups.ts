import type { Snapshot } from "../snapshot";
import { type ClusterFact, type FactValue, known, maybe, NOT_KNOWN, within } from "./fact";
import { flag, number, word } from "./facts-cluster";
import { nowOf } from "./facts-sight";

/** Facts of backups and of the WAL archive. Where no backup is configured nothing is known of any. */

type Source = Snapshot["backups"]["sources"][number];

export const BACKUP_FACTS: Readonly<Record<string, ClusterFact>> = {
  backups: number("count", (picture) => {
    const counts = freshSources(picture).flatMap(({ count }) => count ?? []);
    const sum = counts.reduce((all, one) => all + one, 0);
    return counts.length === 0 ? NOT_KNOWN : within(sum, counts.length === picture.backups.sources.length ? sum : null);
  }),
  backupAge: number("ms", (picture) => {
    const ends = freshSources(picture).flatMap(({ last }) => (last?.stoppedAt ? [Date.parse(last.stoppedAt)] : []));
    if (ends.length === 0) return NOT_KNOWN;
    const age = Math.max(0, nowOf(picture) - Math.max(...ends));
    return within(isWhole(picture) ? age : 0, age);
  }),
  backupRunning: flag((picture) => {
    const sources = freshSources(picture);
    if (picture.backups.streams.length > 0 || sources.some(({ running }) => running !== null)) return known(true);
    return isWhole(picture) && sources.every(({ runningKnown }) => runningKnown) ? known(false) : NOT_KNOWN;
  }),
  restorable: flag((picture): FactValue => {
    if (freshSources(picture).some(({ window }) => window !== null)) return known(true);
    return isWhole(picture) ? known(false) : NOT_KNOWN;
  }),
  archiving: word(["off", "ok", "failing", "stuck"], ({ archiving }) =>
    archiving?.trust === "fresh" && archiving.state !== "unknown" ? known(archiving.state) : NOT_KNOWN,
  ),
  archiveBacklog: number("count", ({ archiving }) =>
    archiving?.trust === "fresh" ? maybe(archiving.backlog) : NOT_KNOWN,
  ),
};

const freshSources = ({ backups }: Snapshot): readonly Source[] =>
  backups.sources.filter(({ trust }) => trust === "fresh");

/** There are sources, and all of them answer. */
const isWhole = (picture: Snapshot): boolean =>
  picture.backups.sources.length > 0 && freshSources(picture).length === picture.backups.sources.length;
