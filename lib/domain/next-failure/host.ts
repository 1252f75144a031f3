import type { NextFailure } from "../actions/plan";
import { hostsOf, memberOf, onHost, type Picture } from "./picture";
import { aftermath } from "./takeover";

/** A whole host: its members, its DCS member, its HAProxy and PgBouncer, and the VIP if it stands there. */
export function hostFailures(picture: Picture, maximumLagBytes: number): readonly NextFailure[] {
  return hostsOf(picture).map((host) => {
    const gone = onHost(picture, host);
    const [only, ...others] = gone.members;
    const subject = only !== undefined && others.length === 0 ? (memberOf(picture, only)?.name ?? host) : host;
    return aftermath(picture, { layer: "host", subject }, gone, maximumLagBytes);
  });
}
