import { parseLsn } from "../../../lsn";
import type { Hop } from "../../hops";
import type { FindingInput } from "../../rule";

/**
 * Seconds by which a member trails its upstream, at the least; null: not known. By our own notes of where the upstream was when: what it
 * had written so long ago is not replayed yet. The age of the last replayed transaction would grow on an idle leader, and mixes
 * two clocks; PostgreSQL's own sample stays where it is while replay stands still. Without outstanding WAL it is 0.
 */
export function delaySecondsOf(hop: Hop, { watch, now }: Pick<FindingInput, "watch" | "now">): number | null {
  if (hop.bytes === 0) return 0;
  const noted = hop.from === null ? [] : (watch.tracks[`wal:${hop.from}`] ?? []);
  const replayed = parseLsn(hop.replayed);
  const missed = replayed === null ? undefined : noted.find(({ value }) => BigInt(value) > replayed);
  const proved = missed ? (now - missed.at) / 1_000 : null;
  const known = [proved, hop.measuredSeconds].filter((seconds) => seconds !== null);
  return known.length === 0 ? null : Math.max(...known);
}
