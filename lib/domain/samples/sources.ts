import type { ClusterState } from "../cluster-state";
import { sourceId } from "../evidence/evidence";
import type { Sample } from "../metrics/sample";
import type { Look } from "../observation";
import { collect } from "./collect";
import { movedLooks } from "./moved";

type Room = Readonly<Record<string, Look<unknown>>>;

/** How long each answer took, of what is asked on a beat. The DCS is pushed to us, which takes no time of ours. */
export function latencySamples(before: ClusterState | null, after: ClusterState): Sample[] {
  const rooms = ["dcsMembers", "patroni", "postgres", "vitals", "haproxy", "pgbouncer"] as const;
  return [
    ...rooms.flatMap((room) => ofRoom(before?.[room], after[room])),
    ...ofRoom(before?.vip ? { vip: before.vip } : undefined, after.vip ? { vip: after.vip } : {}),
  ];
}

function ofRoom(before: Room | undefined, after: Room): Sample[] {
  return movedLooks(before, after).flatMap(({ target: key, at }) => {
    const look = after[key];
    if (!look?.good) return [];
    return collect(sourceId(look.source, look.target), at, [["source-latency-ms", look.good.tookMs]]);
  });
}

/** Size of each etcd member's database. */
export function dcsSamples(before: ClusterState | null, after: ClusterState): Sample[] {
  return movedLooks(before?.dcsMembers, after.dcsMembers).flatMap(({ target, at, value }) =>
    collect(target, at, [["dcs-size-bytes", value.dbSizeBytes]]),
  );
}

/** Size of each database, as measured on the writable server. */
export function sizeSamples(before: ClusterState | null, after: ClusterState): Sample[] {
  return movedLooks(before?.sizes, after.sizes).flatMap(({ target, at, value }) =>
    collect(
      target,
      at,
      value.databases.map(({ name, bytes }) => ["database-size-bytes", bytes, name]),
    ),
  );
}
