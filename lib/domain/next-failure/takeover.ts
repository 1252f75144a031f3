import type { NextFailure } from "../actions/plan";
import type { Gone, Picture } from "./picture";
import { quorumWithout } from "./quorum";
import { routeWithout } from "./route";
import { allAnswer, failsafeMode, strictlyBlocked, successionWithout } from "./succession";
import { type Told, tell } from "./tell";

/** The chain of questions after any failure: does the DCS go on, who leads then, and do clients find that leader? */
export function aftermath(
  picture: Picture,
  what: Pick<NextFailure, "layer" | "subject"> & { readonly leftOpen?: boolean },
  gone: Gone,
  maximumLagBytes: number,
): NextFailure {
  const leader = picture.leader?.name ?? null;
  const quorum = quorumWithout(picture, gone.dcs);
  const base = { ...what, leader: null, quorum: gone.dcs.length > 0 ? quorum : null, vipNow: picture.vip?.holders ?? [] };
  const end = (told: Omit<Told, keyof typeof base> & { readonly leader?: Told["leader"] }) => tell({ ...base, ...told });
  if (leader === null) return end({ writes: "unknown", why: "no-leader" });
  const stays = !gone.members.includes(leader);
  if (quorum.kept === false) {
    // Failsafe mode asks every member but itself, so one that died with the DCS ends it.
    if (stays && failsafeMode(picture) && allAnswer(picture, gone.members))
      return end({ writes: "served", why: "failsafe", leader });
    // A paused Patroni leaves PostgreSQL as it is; what its health check then says to HAProxy depends on its release.
    if (stays && picture.paused) return end({ writes: "unknown", why: "quorum-lost", leader });
    return end({ writes: "lost", why: "quorum-lost" });
  }
  if (quorum.kept === null) return end({ writes: "unknown", why: "quorum-unseen", leader: stays ? leader : null });
  const next = successionWithout(picture, gone.members, maximumLagBytes);
  if (next === null) return end({ writes: "unknown", why: "no-leader" });
  if (next.kind === "nobody") {
    const unseen = next.why === "candidate-unseen" || next.why === "pause-unseen";
    return end({ writes: unseen ? "unknown" : "lost", why: next.why });
  }
  const leaders = next.kind === "stays" ? [next.leader] : next.leaders;
  const routes = leaders.map((name) => routeWithout(picture, name, gone));
  const served = routes.every((one) => one.served === "yes");
  const bad = routes.find((one) => one.served === "no") ?? routes.find((one) => one.served !== "yes");
  const vip = [...new Set(routes.flatMap((one) => one.vip))];
  const route = { vip, vipKnown: routes.every((one) => one.vipKnown) };
  const allLost = routes.every((one) => one.served === "no");
  const only = leaders.length === 1 ? (leaders[0] ?? null) : null;
  if (next.kind === "stays") {
    const sync = strictlyBlocked(picture, leader, gone.members);
    if (sync !== null) return end({ writes: sync, why: "no-sync-standby", leader });
    const showVip = gone.haproxy.length > 0;
    if (served || !bad) return end({ writes: "served", why: "unharmed", leader, route: showVip ? route : null });
    return end({ writes: allLost ? "lost" : "unknown", why: bad.why ?? "no-route", leader, route: null });
  }
  const taken = { leader: only, leaders, lossBytes: next.lossBytes };
  const sync = leaders.map((name) => strictlyBlocked(picture, name, gone.members)).find((one) => one !== null);
  if (sync) return end({ ...taken, writes: sync, why: "no-sync-standby", route: null });
  if (served || !bad) return end({ ...taken, writes: "served", why: only ? "successor" : "several", route });
  return end({ ...taken, writes: allLost ? "lost" : "unknown", why: bad.why ?? "no-route", route: null });
}
