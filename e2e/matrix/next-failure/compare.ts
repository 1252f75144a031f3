import type { NextFailure } from "@/lib/domain/actions/plan";

/** What became of a failure that was foretold, by the hosts' own word and by a client that writes through the VIP. */
export type Outcome = {
  readonly writes: "served" | "lost";
  /** Holder of the leader key; null when free, or when there is no majority to ask. */
  readonly leader: string | null;
  readonly vipHolders: readonly string[];
  readonly hasQuorum: boolean;
  /** WAL that the former leader had when the prediction was made and that the new timeline lacks, in bytes; null: nobody took over. */
  readonly lostBytes: number | null;
};

export type Compared = {
  /** `open`: the prediction itself said that it cannot be known. */
  readonly verdict: "right" | "wrong" | "open";
  readonly differences: readonly string[];
};

/** Holds each thing that was foretold against what came; what was left open counts neither way. */
export function compare(foretold: NextFailure, outcome: Outcome): Compared {
  const { params } = foretold.text;
  const differences: string[] = [];
  const differ = (what: string, said: unknown, was: unknown) =>
    differences.push(`${what}: foretold ${said}, was ${was}`);
  if (foretold.writes !== "unknown") {
    if (foretold.writes !== outcome.writes) differ("writes", foretold.writes, outcome.writes);
    const named = leadersOf(foretold);
    if (named.length > 0 && !named.includes(outcome.leader ?? "")) differ("leader", named.join(" or "), outcome.leader);
    if (named.length === 0 && outcome.leader !== null && MUST_BE_FREE.has(String(params.why)))
      differ("leader", "nobody", outcome.leader);
  }
  const vip = String(params.vip);
  const to = listOf(params.to);
  const [holder, ...others] = outcome.vipHolders;
  if (vip !== "none" && vip !== "unknown" && foretold.writes === "served") {
    if (others.length > 0 || !holder || !to.includes(holder))
      differ("VIP", to.join(" or "), outcome.vipHolders.join(" ") || "nowhere");
  }
  if (params.quorum === "kept" && !outcome.hasQuorum) differ("quorum", "kept", "lost");
  if (params.quorum === "lost" && outcome.hasQuorum) differ("quorum", "lost", "kept");
  if (foretold.lossBytes !== null && outcome.lostBytes !== null && outcome.lostBytes > foretold.lossBytes)
    differ("lost WAL", `at most ${foretold.lossBytes} bytes`, `${outcome.lostBytes} bytes`);
  if (differences.length > 0) return { verdict: "wrong", differences };
  return { verdict: foretold.writes === "unknown" ? "open" : "right", differences };
}

/** Reasons by which nobody leads afterwards. */
const MUST_BE_FREE: ReadonlySet<string> = new Set(["paused", "no_candidate", "quorum_lost"]);

/** Whom it names as leading afterwards, one of several perhaps. */
export function leadersOf({ leader, text }: NextFailure): readonly string[] {
  return leader === null ? listOf(text.params.leader) : [leader];
}

const listOf = (names: string | number | undefined): string[] =>
  names === undefined || names === "–" ? [] : String(names).split(/,\s*/);
