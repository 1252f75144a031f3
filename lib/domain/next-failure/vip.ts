import type { NextFailure } from "../actions/plan";
import { NOTHING_GONE, type Picture } from "./picture";
import { isBeside, routeWithout } from "./route";
import { tell } from "./tell";

/**
 * What keeps the VIP on its host (Keepalived, vip-manager), while all else there lives. Where the VIP may stand beside any HAProxy, another
 * takes it. Where it may stand with the leader alone nobody else may: whether the address stays depends on how its keeper ends.
 */
export function vipFailures(picture: Picture): readonly NextFailure[] {
  const { vip } = picture;
  const leader = picture.leader?.name ?? null;
  if (!vip) return [];
  const what = { layer: "vip", subject: vip.address, vipNow: vip.holders } as const;
  if (leader === null) return [tell({ ...what, writes: "unknown", leader, why: "no-leader" })];
  if (vip.follows === "leader") return [tell({ ...what, writes: "unknown", leader, why: "vip-keeper" })];
  const holder = vip.trust === "fresh" && vip.holders.length === 1 ? (vip.holders[0] ?? null) : null;
  if (holder === null) return [tell({ ...what, writes: "unknown", leader, why: "vip-unseen" })];
  const beside = picture.haproxy.find(({ name }) => isBeside(picture, name, holder));
  if (!beside || picture.haproxy.length === 1) return [tell({ ...what, writes: "unknown", leader, why: "vip-keeper" })];
  const route = routeWithout(picture, leader, { ...NOTHING_GONE, haproxy: [beside.name] });
  const writes = route.served === "yes" ? "served" : route.served === "no" ? "lost" : "unknown";
  return [tell({ ...what, writes, leader, why: route.why ?? "unharmed", route: route.why === null ? route : null })];
}
