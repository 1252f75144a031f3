import type { NextFailure } from "../actions/plan";
import { dcsFailures } from "./dcs";
import { haproxyFailures } from "./haproxy";
import { hostFailures } from "./host";
import { patroniFailures } from "./patroni";
import { pgbouncerFailures } from "./pgbouncer";
import type { Picture } from "./picture";
import { postgresFailures } from "./postgres";
import { vipFailures } from "./vip";

/**
 * What would become of writes if one thing died now and stayed dead: each host, each layer on it. From the picture alone; what it does not
 * show makes an answer `unknown`. `maximumLagBytes`: Patroni's `maximum_lag_on_failover`. Empty for a standby cluster: nobody in it takes
 * writes.
 */
export function predictFailures(picture: Picture, maximumLagBytes: number): readonly NextFailure[] {
  const leader = picture.members.find(({ name }) => name === picture.leader?.name);
  if (leader?.role === "standby-leader") return [];
  return [
    ...hostFailures(picture, maximumLagBytes),
    ...vipFailures(picture),
    ...haproxyFailures(picture, maximumLagBytes),
    ...pgbouncerFailures(picture),
    ...postgresFailures(picture, maximumLagBytes),
    ...patroniFailures(picture, maximumLagBytes),
    ...dcsFailures(picture, maximumLagBytes),
  ];
}
