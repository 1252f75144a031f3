import type { NextFailure } from "../actions/plan";
import { NOTHING_GONE, type Picture } from "./picture";
import { aftermath } from "./takeover";

/**
 * Patroni alone, killed: nobody renews the leader key, which expires after `ttl`, and HAProxy's check is answered no more. PostgreSQL
 * itself goes on, open for whoever reaches it past HAProxy, unless a watchdog resets the host.
 */
export function patroniFailures(picture: Picture, maximumLagBytes: number): readonly NextFailure[] {
  return picture.members.map(({ name }) =>
    aftermath(
      picture,
      { layer: "patroni", subject: name, leftOpen: name === picture.leader?.name },
      { ...NOTHING_GONE, members: [name] },
      maximumLagBytes,
    ),
  );
}
