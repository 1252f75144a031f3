import type { NextFailure } from "../actions/plan";
import type { MemberName } from "../ids";
import { message } from "../message";
import { listed, sized } from "../preflight/checks/amounts";
import type { QuorumAfter } from "./quorum";
import type { Route, RouteWhy } from "./route";

/** Why writes go on, stop, or nobody can say. */
export type Why =
  | RouteWhy
  | "unharmed"
  | "successor"
  | "several"
  | "restarted"
  | "failsafe"
  | "no-sync-standby"
  | "no-leader"
  | "paused"
  | "pause-unseen"
  | "no-candidate"
  | "candidate-unseen"
  | "quorum-lost"
  | "quorum-unseen"
  | "vip-keeper"
  | "left-open"
  | "sole-haproxy";

export type Told = Pick<NextFailure, "layer" | "subject" | "writes" | "leader"> & {
  readonly why: Why;
  readonly lossBytes?: number | null;
  /** Members of whom one would lead, for a takeover. */
  readonly leaders?: readonly MemberName[];
  readonly route?: Pick<Route, "vip" | "vipKnown"> | null;
  readonly quorum?: QuorumAfter | null;
  /** Where it stands now. */
  readonly vipNow?: readonly string[];
  /** Patroni alone died: its PostgreSQL goes on, and without a watchdog nobody stops it. */
  readonly leftOpen?: boolean;
};

/** One prediction with its sentence. */
export function tell(told: Told): NextFailure {
  const { layer, subject, writes, leader, why, lossBytes = null, leaders = [] } = told;
  const taken = why === "successor" || why === "several";
  return {
    layer,
    subject,
    writes,
    leader,
    lossBytes,
    text: message("nextFailure.text", {
      layer,
      subject,
      why: why.replaceAll("-", "_"),
      leader: leaders.length > 0 ? listed(leaders) : (leader ?? "–"),
      loss: leaders.length === 0 ? "none" : lossBytes === null ? "unknown" : lossBytes === 0 ? "zero" : "some",
      ...sized(lossBytes ?? 0),
      ...vipParams(told),
      ...quorumParams(told.quorum ?? null),
      leftOpen: told.leftOpen && (taken || leaders.length > 0) ? "yes" : "no",
    }),
  };
}

function vipParams({ route = null, vipNow = [] }: Told) {
  if (!route || (route.vip.length === 0 && route.vipKnown)) return { vip: "none", to: "–" };
  if (!route.vipKnown) return { vip: "unknown", to: "–" };
  const [only, ...others] = route.vip;
  if (only !== undefined && others.length === 0 && vipNow.includes(only)) return { vip: "stays", to: only };
  return { vip: others.length > 0 ? "one_of" : "moves", to: listed(route.vip) };
}

function quorumParams(quorum: QuorumAfter | null) {
  if (!quorum || quorum.left === null || quorum.voters === null) return { quorum: "none", left: 0, voters: 0 };
  const state = quorum.kept === true ? "kept" : quorum.kept === false ? "lost" : "unknown";
  return { quorum: state, left: quorum.left, voters: quorum.voters };
}
