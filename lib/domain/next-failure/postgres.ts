import type { NextFailure } from "../actions/plan";
import type { MemberView } from "../snapshot";
import { NOTHING_GONE, type Picture } from "./picture";
import { aftermath } from "./takeover";
import { tell } from "./tell";

/**
 * PostgreSQL alone, its Patroni alive: that starts it again in place and hands over only past `primary_start_timeout`, or at once where
 * that is 0. While paused it does neither.
 */
export function postgresFailures(picture: Picture, maximumLagBytes: number): readonly NextFailure[] {
  return picture.members.map((member) => {
    const what = { layer: "postgres", subject: member.name } as const;
    const leader = picture.leader?.name ?? null;
    if (member.name !== leader) return ofReplica(picture, member, maximumLagBytes);
    if (picture.paused === true) return tell({ ...what, writes: "lost", leader: null, why: "paused" });
    if (picture.paused === null) return tell({ ...what, writes: "unknown", leader: null, why: "pause-unseen" });
    if (!handsOverAtOnce(picture)) return tell({ ...what, writes: "served", leader, why: "restarted" });
    const taken = aftermath(picture, what, { ...NOTHING_GONE, members: [member.name] }, maximumLagBytes);
    return taken.writes === "lost" ? tell({ ...what, writes: "served", leader, why: "restarted" }) : taken;
  });
}

const ofReplica = (picture: Picture, { name }: MemberView, maximumLagBytes: number): NextFailure =>
  aftermath(picture, { layer: "postgres", subject: name }, { ...NOTHING_GONE, members: [name] }, maximumLagBytes);

function handsOverAtOnce(picture: Picture): boolean {
  const value = picture.configuration?.value;
  const timeout = value?.primary_start_timeout ?? value?.master_start_timeout;
  return timeout === 0 || timeout === "0";
}
