import type { NextFailure } from "../actions/plan";
import { maximumLagBytes } from "../preflight/checks/look";
import type { Picture } from "./picture";
import { predictFailures } from "./predict";

/** How bad an outcome is for clients that write, the worst lowest. */
export const WRITES_RANK: Readonly<Record<NextFailure["writes"], number>> = { lost: 0, unknown: 1, served: 2 };

/** What single failures would do as things stand, those that stop writes first; by the limit that the configuration sets, or Patroni's own. */
export function foretell(picture: Picture): readonly NextFailure[] {
  const maximum = maximumLagBytes({ config: picture.configuration?.value ?? null });
  return predictFailures(picture, maximum).toSorted((a, b) => WRITES_RANK[a.writes] - WRITES_RANK[b.writes]);
}
