import { service } from "@/lab/index";
import { nothingMore } from "../matrix/fault";
import { ofFault } from "./faults";
import { finds, isWell, type Moment, memberOf, type Recording, silent } from "./recording";

const EXPIRY_MS = 75_000;

/** The way from one leader that is lost to the next, moment by moment. */
const lossOf = (name: string, what: string): readonly Moment[] => [
  {
    name,
    what: `${what}; it still holds the leader key`,
    when: (picture, { leader }) => picture.leader?.name === leader && !isWell(picture),
  },
  {
    name: `${name}-no-leader`,
    what: `${what}; its key has expired and nobody has it`,
    when: (picture) => picture.dcs.trust === "fresh" && picture.leader === null,
    withinMs: EXPIRY_MS,
  },
  {
    name: `${name}-successor`,
    what: `${what}; another has the key and does not serve clients yet`,
    when: (picture, { leader }) => picture.leader !== null && picture.leader.name !== leader && !isWell(picture),
    withinMs: 15_000,
  },
  {
    name: `${name}-served`,
    what: `${what}; another takes writes`,
    when: (picture, { leader }) =>
      picture.writePath.writer !== null && picture.writePath.writer !== leader && isWell(picture),
    withinMs: 60_000,
  },
];

/** Hosts and programs that die, hang or cannot be reached. */
export const HOST_RECORDINGS: readonly Recording[] = [
  {
    name: "leader-killed",
    moments: lossOf("leader-killed", "every program of the leader's host is killed"),
    async inject({ leader }) {
      await service("kill", leader, "all");
      return nothingMore;
    },
  },
  ofFault("leader-host-cut", lossOf("leader-host-cut", "the cable of the leader's host is pulled")),
  ofFault("replica-host-cut"),
  ofFault("replica-host-dead"),
  ofFault("replica-host-frozen"),
  ofFault("patroni-stopped-on-replica", [
    {
      name: "replica-stopped",
      what: "Patroni of a replica is stopped in order, and its PostgreSQL with it",
      when: (picture, { replica }) => silent(picture, "patroni", replica) && silent(picture, "postgres", replica),
    },
    {
      name: "replica-missing",
      what: "Patroni of a replica is stopped, and its key in the DCS is gone",
      when: (picture, { replica }) => memberOf(picture, replica)?.presence === "missing",
    },
  ]),
  ofFault("patroni-frozen-on-replica"),
  ofFault("haproxy-killed-on-leader", [
    {
      name: "vip-nowhere",
      what: "HAProxy beside the leader is killed, and nobody holds the VIP",
      when: finds("vip-nowhere"),
      withinMs: EXPIRY_MS,
    },
  ]),
  {
    name: "haproxy-dead-everywhere",
    moments: [
      {
        name: "haproxy-dead-everywhere",
        what: "HAProxy is stopped on every host",
        when: ({ haproxy }) => haproxy.every(({ failure }) => failure !== null),
      },
    ],
    async inject({ hosts }) {
      for (const host of hosts) await service("stop", host, "haproxy");
      return nothingMore;
    },
  },
  {
    name: "pgbouncer-dead-everywhere",
    moments: [
      {
        name: "pgbouncer-dead-everywhere",
        what: "PgBouncer is stopped on every host",
        when: ({ pgbouncer }) => pgbouncer.every(({ failure }) => failure !== null),
      },
    ],
    async inject({ hosts }) {
      for (const host of hosts) await service("stop", host, "pgbouncer");
      return nothingMore;
    },
  },
];
