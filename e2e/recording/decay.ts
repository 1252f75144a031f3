import { cut, service } from "@/lab/index";
import type { Cast } from "../matrix/cast";
import { nothingMore } from "../matrix/fault";
import { type Moment, type Recording, type Stage, silent } from "./recording";

const kills = (who: keyof Cast, name: "haproxy" | "pgbouncer" | "patroni" | "etcd") => (stage: Stage) =>
  service("kill", stage[who], name);

const deadEtcd = (moment: Pick<Moment, "name" | "what" | "first">, count: number): Moment => ({
  ...moment,
  when: ({ dcs }) => dcs.members.filter(({ failure }) => failure !== null).length >= count,
});

/** A cluster that loses one program after the other, until nothing of it is seen: each on top of those before. */
const MOMENTS: readonly Moment[] = [
  {
    name: "haproxy-killed-on-replica",
    what: "HAProxy beside a replica is killed",
    first: kills("replica", "haproxy"),
    when: (picture, { replica }) => silent(picture, "haproxy", replica),
  },
  {
    name: "pgbouncer-killed-on-replica",
    what: "and PgBouncer beside it",
    first: kills("replica", "pgbouncer"),
    when: (picture, { replica }) => silent(picture, "pgbouncer", replica),
  },
  {
    name: "patroni-killed-on-replica",
    what: "and its Patroni; PostgreSQL runs on",
    first: kills("replica", "patroni"),
    when: (picture, { replica }) => silent(picture, "patroni", replica),
  },
  deadEtcd({ name: "etcd-member-down", what: "and one of three etcd members", first: kills("replica", "etcd") }, 1),
  {
    name: "replica-gone",
    what: "and the cable of that host is pulled",
    first: ({ replica }) => cut(replica),
    when: (picture, { replica }) => silent(picture, "postgres", replica),
  },
  {
    name: "haproxy-killed-on-leader",
    what: "and HAProxy beside the leader is killed",
    first: kills("leader", "haproxy"),
    when: (picture, { leader }) => silent(picture, "haproxy", leader),
  },
  {
    name: "pgbouncer-killed-on-leader",
    what: "and PgBouncer beside the leader",
    first: kills("leader", "pgbouncer"),
    when: (picture, { leader }) => silent(picture, "pgbouncer", leader),
  },
  deadEtcd({ name: "etcd-quorum-lost", what: "and a second member of etcd", first: kills("other", "etcd") }, 2),
  {
    name: "etcd-quorum-lost-demoted",
    what: "and Patroni has demoted its leader, which can no longer renew its key",
    when: (picture, { leader }) => picture.writePath.writer === null && !silent(picture, "patroni", leader),
    withinMs: 40_000,
  },
  {
    name: "one-host-left",
    what: "and the cable of the other replica is pulled",
    first: ({ other }) => cut(other),
    when: (picture, { other }) => silent(picture, "patroni", other) && silent(picture, "postgres", other),
  },
  {
    name: "blind",
    what: "and nothing of the cluster can be seen any more",
    first: ({ leader }) => cut(leader),
    when: ({ sources, members }) =>
      members.length > 0 && sources.filter(({ stale }) => stale).length > sources.length / 2,
  },
];

export const DECAY: Recording = {
  name: "decay",
  moments: MOMENTS.map((moment) => ({ ...moment, what: `one after the other: ${moment.what}` })),
  inject: async () => nothingMore,
};
