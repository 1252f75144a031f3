import type { Picture } from "./picture";

export type QuorumAfter = {
  /** Null: it cannot be told. */
  readonly kept: boolean | null;
  /** Voting members that would be left in health, and of how many; null where they are not looked at one by one. */
  readonly left: number | null;
  readonly voters: number | null;
};

/** Whether the DCS would still have a majority without these endpoints. A learner has no vote. */
export function quorumWithout(picture: Picture, gone: readonly string[]): QuorumAfter {
  const { dcs } = picture;
  const voters = dcs.members.filter((one) => !one.isLearner);
  if (voters.length === 0) {
    const kept = gone.length === 0 ? (dcs.hasQuorum ?? (dcs.trust === "fresh" ? true : null)) : null;
    return { kept, left: null, voters: null };
  }
  const rest = voters.filter(({ endpoint }) => !gone.includes(endpoint));
  const healthy = rest.filter((one) => one.trust === "fresh" && one.errors.length === 0).length;
  const unseen = rest.filter((one) => one.trust !== "fresh" && !isDown(one.failure?.kind)).length;
  const majority = Math.floor(voters.length / 2) + 1;
  const told = { left: healthy, voters: voters.length };
  if (dcs.hasQuorum === false) return { kept: false, ...told };
  if (healthy >= majority) return { kept: true, ...told };
  return { kept: healthy + unseen < majority ? false : null, ...told };
}

/** A refused connection proves that nobody listens there; what does not answer may be out of our reach alone. */
const isDown = (kind: string | undefined): boolean => kind === "refused";
