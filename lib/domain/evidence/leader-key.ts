import type { DcsView } from "../facts";
import type { EpochMs, MemberName } from "../ids";
import type { Known } from "../observation";
import type { Snapshot } from "../snapshot";

/**
 * What the DCS says of leadership. `absent` is a fact (the key is gone), `unknown` is the lack of one.
 * `since` is when *we* first saw the key say this without a break, by our own clock: never earlier than the real change.
 */
export type LeaderKey =
  | {
      readonly state: "held";
      readonly name: MemberName;
      readonly modRevision: string | null;
      readonly at: EpochMs;
      readonly since: EpochMs;
    }
  | { readonly state: "absent"; readonly at: EpochMs; readonly since: EpochMs }
  | { readonly state: "unknown" };

/** `since` is kept while holder and revision stay the same; being blind in between does not reset it. */
export function leaderKeySince(view: DcsView, at: EpochMs, previous: Snapshot["dcs"] | null): EpochMs {
  const was = previous?.leaderKeySince ? Date.parse(previous.leaderKeySince) : null;
  if (was === null || !previous) return at;
  const before = previous.leaderKey;
  const same = before?.name === view.leader?.name && before?.modRevision === view.leader?.modRevision;
  return same ? was : at;
}

export function readLeaderKey(dcs: Known<DcsView>, previous: Snapshot["dcs"] | null): LeaderKey {
  if (dcs.state !== "fresh") return { state: "unknown" };
  const since = leaderKeySince(dcs.value, dcs.at, previous);
  const leader = dcs.value.leader;
  if (!leader) return { state: "absent", at: dcs.at, since };
  return { state: "held", name: leader.name, modRevision: leader.modRevision, at: dcs.at, since };
}
