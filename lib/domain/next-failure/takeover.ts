import type { NextFailure } from "../actions/plan";
import type { MemberName } from "../ids";
import type { Gone, Picture } from "./picture";
import { quorumWithout } from "./quorum";
import { type Route, routeWithout } from "./route";
import { allAnswer, failsafeMode, type Succession, strictlyBlocked, successionWithout } from "./succession";
import { type Told, tell, type Why } from "./tell";

export type What = Pick<NextFailure, "layer" | "subject"> & {
  /** Patroni alone died: its PostgreSQL goes on. */
  readonly leftOpen?: boolean;
};
type End = Omit<Told, "layer" | "subject">;

/** The chain of questions after any failure: does the DCS go on, who leads then, and do clients find that leader? */
export function aftermath(picture: Picture, what: What, gone: Gone, maximumLagBytes: number): NextFailure {
  const quorum = quorumWithout(picture, gone.dcs);
  const next = successionWithout(picture, gone.members, maximumLagBytes);
  const end =
    next === null
      ? { writes: "unknown" as const, leader: null, why: "no-leader" as const }
      : quorum.kept === true
        ? afterSuccession(picture, what, gone, next)
        : withoutQuorum(picture, gone, quorum.kept === false);
  const vipNow = picture.vip?.holders ?? [];
  return tell({ ...what, quorum: gone.dcs.length > 0 ? quorum : null, vipNow, ...end });
}

/** Without a majority Patroni can promote nobody, and whoever leads gives up; `lost` false: it is not seen whether there is one. */
function withoutQuorum(picture: Picture, gone: Gone, lost: boolean): End {
  const leader = picture.leader?.name ?? null;
  const stays = leader !== null && !gone.members.includes(leader);
  if (!lost) return { writes: "unknown", leader: stays ? leader : null, why: "quorum-unseen" };
  // Failsafe mode asks every member but itself, so one that died with the DCS ends it.
  if (stays && failsafeMode(picture) && allAnswer(picture, gone.members))
    return { writes: "served", leader, why: "failsafe" };
  // A paused Patroni leaves PostgreSQL as it is; what its health check then says to HAProxy depends on its release.
  if (stays && picture.paused) return { writes: "unknown", leader, why: "quorum-lost" };
  return { writes: "lost", leader: null, why: "quorum-lost" };
}

function afterSuccession(picture: Picture, what: What, gone: Gone, next: Succession): End {
  if (next.kind === "nobody") return withoutLeader(picture, what, next.why);
  const leaders = next.kind === "stays" ? [next.leader] : next.leaders;
  const only = leaders.length === 1 ? (leaders[0] ?? null) : null;
  const taken = next.kind === "stays" ? {} : { leaders, lossBytes: next.lossBytes };
  const { writes, why, route } = served(picture, leaders, gone);
  if (writes !== "served") return { ...taken, writes, leader: only, why };
  if (next.kind === "stays")
    return { writes, leader: only, why: "unharmed", route: gone.haproxy.length > 0 ? route : null };
  return { ...taken, writes, leader: only, why: only === null ? "several" : "successor", route };
}

function withoutLeader(picture: Picture, what: What, why: Extract<Succession, { kind: "nobody" }>["why"]): End {
  // Nothing but Patroni's own answer would send clients away from a PostgreSQL that goes on.
  if (what.leftOpen && picture.haproxy.length === 0 && !picture.vip)
    return { writes: "unknown", leader: picture.leader?.name ?? null, why: "left-open" };
  const unseen = why === "candidate-unseen" || why === "pause-unseen";
  return { writes: unseen ? "unknown" : "lost", leader: null, why };
}

type Served = Pick<End, "writes"> & { readonly why: Why; readonly route: Pick<Route, "vip" | "vipKnown"> };

/** Whether writes go on with whichever of these leads. What holds for some of them only is unknown: nobody knows which it will be. */
function served(picture: Picture, leaders: readonly MemberName[], gone: Gone): Served {
  const routes = leaders.map((name) => routeWithout(picture, name, gone));
  const route = {
    vip: [...new Set(routes.flatMap((one) => one.vip))],
    vipKnown: routes.every((one) => one.vipKnown),
  };
  const strict = leaders.map((name) => strictlyBlocked(picture, name, gone.members)).find((one) => one !== null);
  if (strict) return { writes: strict, why: "no-sync-standby", route };
  const bad = routes.find((one) => one.served === "no") ?? routes.find((one) => one.served !== "yes");
  if (!bad) return { writes: "served", why: "unharmed", route };
  const lost = routes.every((one) => one.served === "no");
  return { writes: lost ? "lost" : "unknown", why: bad.why ?? "no-route", route };
}
