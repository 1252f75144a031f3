import type { EpochMs, MemberName } from "../ids";
import type { Message } from "../message";
import type { Witness, WitnessLayer } from "../snapshot";

/** What one layer claims on its own, before it is compared with anything. */
export type Claim = {
  readonly layer: WitnessLayer;
  /** `n/a`: not configured. `silent`: nothing fresh, or nothing that can be understood. `speaks`: it has a say. */
  readonly standing: "n/a" | "silent" | "speaks";
  /** Silent because it could not be looked at, and not because its answer does not tell. */
  readonly blind: boolean;
  /** Members that it points to as the one that takes writes; several or none when it is torn. */
  readonly points: readonly MemberName[];
  /** True when it leads clients somewhere that is no member's writable server: an empty pool, a stranger, a pause. */
  readonly astray: boolean;
  readonly text: Message;
  /** Times of the observations it rests on. */
  readonly rests: readonly EpochMs[];
  readonly sourceIds: readonly string[];
};

export const blindClaim = (layer: WitnessLayer, text: Message, sourceIds: readonly string[] = []): Claim => ({
  ...muteClaim(layer, text, sourceIds),
  blind: true,
});

/** It was seen, and its answer does not name a member. */
export const muteClaim = (layer: WitnessLayer, text: Message, sourceIds: readonly string[] = []): Claim => ({
  layer,
  standing: "silent",
  blind: false,
  points: [],
  astray: false,
  text,
  rests: [],
  sourceIds,
});

export const absentClaim = (layer: WitnessLayer, text: Message): Claim => ({
  ...muteClaim(layer, text),
  standing: "n/a",
});

/** Layers that only pass clients on: where nobody is to take writes they have no say in it. */
const ROUTING: ReadonlySet<WitnessLayer> = new Set(["client", "vip", "haproxy", "pgbouncer"]);

/**
 * `reference` is the member that the verdict is about. Without one, a layer that states roles agrees when it points to
 * nobody, and a layer that routes is silent.
 */
export function verdictOf(claim: Claim, reference: MemberName | null): Witness["verdict"] {
  if (claim.standing !== "speaks") return claim.standing;
  if (reference === null && ROUTING.has(claim.layer)) return "silent";
  const [only, ...others] = claim.points;
  const right = reference === null ? only === undefined : only === reference && others.length === 0;
  return right && !claim.astray ? "agree" : "disagree";
}

/** The single member that a claim points to; null for none or several. */
export const pointOf = (claim: Claim): MemberName | null =>
  claim.points.length === 1 ? (claim.points[0] ?? null) : null;
