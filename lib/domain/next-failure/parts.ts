import type { NextFailure } from "../actions/plan";

/** What a prediction's sentence is filled with (see `tell.ts`), for a table. */
export type FailureParts = {
  /** Who would lead: a name, several of whom one would, or null where nobody is named. */
  readonly leaders: string | null;
  /** `none`: nobody takes over, or the same goes on. */
  readonly loss: "none" | "zero" | "some" | "unknown";
  /** `untold`: the failure does not touch it, or writes stop before it matters. */
  readonly quorum: {
    readonly kind: "untold" | "kept" | "lost" | "unknown";
    readonly left: number;
    readonly voters: number;
  };
  readonly vip: { readonly kind: "untold" | "stays" | "moves" | "one-of" | "unknown"; readonly to: string };
};

export function partsOf({ leader, text }: NextFailure): FailureParts {
  const { params } = text;
  const named = String(params.leader ?? NOBODY);
  return {
    leaders: leader ?? (named === NOBODY ? null : named),
    loss: among(LOSS, params.loss, "none"),
    quorum: {
      kind: among(QUORUM, params.quorum, "untold"),
      left: Number(params.left ?? 0),
      voters: Number(params.voters ?? 0),
    },
    vip: { kind: params.vip === "one_of" ? "one-of" : among(VIP, params.vip, "untold"), to: String(params.to ?? "") },
  };
}

const NOBODY = "–";
const LOSS = ["none", "zero", "some", "unknown"] as const;
const QUORUM = ["kept", "lost", "unknown"] as const;
const VIP = ["stays", "moves", "unknown"] as const;

const among = <T extends string, E extends string>(known: readonly T[], word: unknown, otherwise: E): T | E =>
  known.find((one) => one === word) ?? otherwise;
