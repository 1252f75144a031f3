import type { EpochMs } from "../ids";
import type { MemberView, Snapshot } from "../snapshot";
import { type FactValue, known, NOT_KNOWN } from "./fact";

/** What facts rest on: what we see at all, and from when. */

/** A source that fails is tried ever more rarely; what its last attempt said counts for so long, in ms. */
const FAILURE_COUNTS_MS = 90_000;

export const nowOf = (picture: Snapshot): EpochMs => Date.parse(picture.at);

export const seesDcs = (picture: Snapshot): boolean => picture.dcs.trust === "fresh";

/** Whether a source answers us: true by a fresh answer, false when its last attempt failed, else not known. */
export const answers = (picture: Snapshot, sourceId: string): FactValue =>
  sourceAnswers(
    picture,
    picture.sources.find(({ id }) => id === sourceId),
  );

/** The same of the DCS, however it is read. */
export const dcsAnswers = (picture: Snapshot): FactValue =>
  sourceAnswers(
    picture,
    picture.sources.find(({ kind }) => kind === "dcs" || kind === "patroni-cluster"),
  );

function sourceAnswers(picture: Snapshot, source: Snapshot["sources"][number] | undefined): FactValue {
  if (!source?.lastTriedAt) return NOT_KNOWN;
  if (source.lastOkAt !== null && !source.stale) return known(true);
  const tried = nowOf(picture) - Date.parse(source.lastTriedAt);
  return source.error !== null && tried <= FAILURE_COUNTS_MS ? known(false) : NOT_KNOWN;
}

/** Members that do not lead; null while nobody can tell who does. */
export const replicasOf = (picture: Snapshot): readonly MemberView[] | null =>
  seesDcs(picture) ? picture.members.filter(({ name }) => name !== picture.leader?.name) : null;
