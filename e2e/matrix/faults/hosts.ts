import { cut, service } from "@/lab/index";
import { type Fault, nothingMore } from "../fault";
import { untilTruth } from "../scene";
import { AWAY, HANDOVER, NO_WRITER } from "./reasons";

/** The kernel asks the network three times for a machine that it knew before it says that there is none; then it is held for a while. */
const VIP_GONE_WITHIN_MS = 75_000;

/** A whole host, or one program of it, that dies, hangs or cannot be reached. `settle` repairs each of them. */
export const HOST_FAULTS: readonly Fault[] = [
  {
    name: "replica-host-cut",
    what: "the cable of a replica's host is pulled",
    expect: ["host-silent"],
    allow: AWAY,
    async inject({ replica }) {
      await cut(replica);
      return nothingMore;
    },
  },
  {
    name: "leader-host-cut",
    what: "the cable of the leader's host is pulled",
    // Its key outlives it by up to a ttl, and the successor comes right after: there is no time without a leader, only one without writes.
    expect: ["host-silent", "client-cut-off"],
    allow: [...AWAY, ...NO_WRITER, ...HANDOVER],
    clearWithinMs: 90_000,
    async inject({ leader }) {
      await cut(leader);
      return nothingMore;
    },
  },
  {
    name: "replica-host-dead",
    what: "a replica's host loses its power behind a cut cable",
    expect: ["host-silent", "member-missing"],
    allow: AWAY,
    clearWithinMs: 90_000,
    async inject({ replica }) {
      await cut(replica);
      await service("kill", replica, "all");
      return nothingMore;
    },
  },
  {
    name: "replica-host-frozen",
    what: "every program on a replica's host hangs",
    expect: ["host-silent"],
    allow: AWAY,
    async inject({ replica }) {
      await service("freeze", replica, "all");
      return nothingMore;
    },
  },
  {
    name: "patroni-killed-on-replica",
    what: "Patroni of a replica is killed; its PostgreSQL runs on",
    expect: ["source-silent:patroni:{replica}"],
    allow: AWAY,
    async inject({ replica }) {
      await service("kill", replica, "patroni");
      return nothingMore;
    },
  },
  {
    name: "patroni-stopped-on-replica",
    what: "Patroni of a replica is stopped in order, its member key is taken back",
    expect: ["source-silent:patroni:{replica}", "source-silent:postgres:{replica}"],
    allow: AWAY,
    async inject({ replica }) {
      await service("stop", replica, "patroni");
      return nothingMore;
    },
  },
  {
    name: "patroni-frozen-on-replica",
    what: "Patroni of a replica hangs",
    expect: ["source-silent:patroni:{replica}"],
    allow: AWAY,
    async inject({ replica }) {
      await service("freeze", replica, "patroni");
      return nothingMore;
    },
  },
  {
    name: "haproxy-killed-on-replica",
    what: "HAProxy beside a replica is killed",
    expect: ["source-silent:haproxy:{replica}"],
    async inject({ replica }) {
      await service("kill", replica, "haproxy");
      return nothingMore;
    },
  },
  {
    name: "haproxy-killed-on-leader",
    what: "HAProxy beside the leader is killed: the VIP may stand with the leader alone, so it leaves",
    expect: ["source-silent:haproxy:{leader}", "vip-nowhere"],
    allow: NO_WRITER,
    showWithinMs: VIP_GONE_WITHIN_MS,
    async inject({ leader }) {
      await service("kill", leader, "haproxy");
      return nothingMore;
    },
  },
  {
    name: "pgbouncer-killed-on-replica",
    what: "PgBouncer beside a replica is killed",
    expect: ["source-silent:pgbouncer:{replica}"],
    async inject({ replica }) {
      await service("kill", replica, "pgbouncer");
      return nothingMore;
    },
  },
  {
    name: "pgbouncer-killed-on-leader",
    what: "PgBouncer beside the leader is killed; health checks ask Patroni and do not notice",
    expect: ["source-silent:pgbouncer:{leader}", "client-cut-off"],
    allow: NO_WRITER,
    showWithinMs: 75_000,
    async inject({ leader }) {
      await service("kill", leader, "pgbouncer");
      return nothingMore;
    },
  },
  {
    name: "keepalived-stopped-everywhere",
    what: "Keepalived is stopped on every host: nobody holds the VIP",
    expect: ["vip-nowhere"],
    allow: NO_WRITER,
    showWithinMs: VIP_GONE_WITHIN_MS,
    async inject({ hosts }) {
      await Promise.all(hosts.map((host) => service("stop", host, "keepalived")));
      await untilTruth(({ vipHolders }) => vipHolders.length === 0, { deadlineMs: 20_000, what: "no VIP" });
      return nothingMore;
    },
  },
];
