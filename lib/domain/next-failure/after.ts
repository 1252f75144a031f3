import type { MemberName } from "../ids";
import type { HaproxyNodeView, MemberView } from "../snapshot";
import { NO_LAG } from "../snapshot/lag";
import { type Picture, placesOf } from "./picture";

/** A picture as it will be once an action is done: who leads, who is busy with something else, whether automatic failover is off. */
export type After = {
  readonly leader: MemberName | null;
  /** Members that cannot lead then: being copied anew, or gone. */
  readonly without: readonly MemberName[];
  readonly paused: boolean;
};

export function pictureAfter(picture: Picture, after: After): Picture {
  const moved = after.leader !== (picture.leader?.name ?? null);
  const timeline = picture.leader?.timeline ?? null;
  const next = after.leader === null ? null : { name: after.leader, since: null, timeline };
  const { vip } = picture;
  return {
    ...picture,
    leader: moved ? next : picture.leader,
    paused: after.paused,
    members: picture.members.map((one) => memberAfter(one, picture, after)),
    haproxy:
      moved && after.leader !== null
        ? picture.haproxy.map((node) => nodeAfter(node, picture, after.leader))
        : picture.haproxy,
    vip: vip && moved && vip.follows === "leader" && after.leader !== null ? { ...vip, holders: [after.leader] } : vip,
  };
}

/** Whoever led before streams from the new leader and takes the place that was left; a member that stays out keeps its key alone. */
function memberAfter(member: MemberView, picture: Picture, after: After): MemberView {
  if (after.without.includes(member.name)) return { ...member, role: "unknown", state: "creating-replica" };
  const before = picture.leader?.name ?? null;
  if (before === after.leader) return member;
  if (member.name === after.leader) return { ...member, role: "leader", lag: NO_LAG, timelineDiffers: false };
  if (member.name !== before) return member;
  const place = picture.members.find(({ name }) => name === after.leader)?.role ?? "replica";
  const lag = { ...NO_LAG, receiveBytes: 0, replayBytes: 0, trust: member.stateTrust };
  return { ...member, role: place, lag, timelineDiffers: false };
}

function nodeAfter(node: HaproxyNodeView, picture: Picture, leader: MemberName | null): HaproxyNodeView {
  const places = placesOf(picture);
  const served = node.write?.servers.some((server) => places.byServer(server) === leader) ?? false;
  return { ...node, writesTo: served && leader !== null ? [leader] : [] };
}
