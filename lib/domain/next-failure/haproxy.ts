import type { NextFailure } from "../actions/plan";
import { NOTHING_GONE, type Picture } from "./picture";
import { aftermath } from "./takeover";
import { tell } from "./tell";

/** The HAProxy of one node alone. */
export function haproxyFailures(picture: Picture, maximumLagBytes: number): readonly NextFailure[] {
  const leader = picture.leader?.name ?? null;
  return picture.haproxy.map(({ name }) => {
    const what = { layer: "haproxy", subject: name } as const;
    if (picture.haproxy.length === 1 && leader !== null)
      return tell({ ...what, writes: "lost", leader, why: "sole-haproxy" });
    return aftermath(picture, what, { ...NOTHING_GONE, haproxy: [name] }, maximumLagBytes);
  });
}
