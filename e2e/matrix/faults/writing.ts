import { editFile, reloadService, service } from "@/lab/index";
import { type Fault, nothingMore } from "../fault";
import { untilTruth } from "../scene";
import { AWAY, because, HANDOVER, NO_WRITER } from "./reasons";

const SPLIT = [
  ...because("two servers take writes", "two-writable", "write-path", "witness-disagrees", "key-and-recovery-disagree"),
  ...because("it went its own way", "timeline-differs", "rewind-needed", "replica-ahead"),
  ...because(
    "its Patroni says nothing, or calls it a primary",
    "source-silent",
    "member-missing",
    "write-pool-several",
  ),
  ...because("one HAProxy sees it before another", "haproxy-disagree"),
];
const TAGS = (tag: string, value: string) => (text: string) =>
  text.replace(new RegExp(`${tag}: \\w+`), `${tag}: ${value}`);

export const WRITING_FAULTS: readonly Fault[] = [
  {
    name: "leader-patroni-killed",
    what: "Patroni of the leader is killed: its PostgreSQL stays writable while another is elected",
    expect: ["two-writable"],
    allow: [...SPLIT, ...NO_WRITER, ...HANDOVER, ...AWAY],
    showWithinMs: 75_000,
    clearWithinMs: 120_000,
    async inject({ leader }) {
      await service("kill", leader, "patroni");
      return nothingMore;
    },
  },
  {
    name: "promoted-behind-patroni",
    what: "a replica is promoted by hand while its Patroni hangs",
    expect: ["two-writable"],
    allow: [...SPLIT, ...AWAY],
    clearWithinMs: 120_000,
    async inject({ replica, sql, begin }) {
      await service("freeze", replica, "patroni");
      begin();
      await sql(replica, "SELECT pg_promote(true, 30)");
      return nothingMore;
    },
  },
  {
    name: "key-expired-while-paused",
    what: "automatic failover is paused and the leader's Patroni is killed: the key expires, the server stays writable",
    expect: ["expired-key-writable", "paused-too-long"],
    allow: [
      ...NO_WRITER,
      ...AWAY,
      ...because("the leader's Patroni is dead, and its key with it", "source-silent", "no-candidate"),
    ],
    showWithinMs: 75_000,
    clearWithinMs: 90_000,
    async inject({ leader, configure, begin }) {
      await configure({ pause: true }, { pause: null });
      begin();
      await service("kill", leader, "patroni");
      return nothingMore;
    },
  },
  {
    name: "no-leader",
    what: "every Patroni but the leader's is paused by `nofailover`, and the leader's host dies",
    expect: ["no-leader", "no-candidate"],
    allow: [...NO_WRITER, ...AWAY, ...HANDOVER, ...because("the tags keep them from it", "no-candidate")],
    showWithinMs: 75_000,
    clearWithinMs: 90_000,
    async inject({ leader, replica, other, begin }) {
      for (const host of [replica, other]) {
        editFile(host, "/etc/patroni/patroni.yml", TAGS("nofailover", "true"));
        await reloadService(host, "patroni");
      }
      begin();
      await service("kill", leader, "all");
      return nothingMore;
    },
  },
  {
    name: "nofailover-everywhere",
    what: "every replica is tagged `nofailover`",
    expect: ["no-candidate"],
    showWithinMs: 60_000,
    async inject({ replica, other }) {
      for (const host of [replica, other]) {
        editFile(host, "/etc/patroni/patroni.yml", TAGS("nofailover", "true"));
        await reloadService(host, "patroni");
      }
      return nothingMore;
    },
  },
  {
    name: "no-sync-standby",
    what: "synchronous mode is on, and no replica may be synchronous",
    expect: ["no-sync-standby"],
    allow: because("nobody may take over who is not synchronous", "no-candidate"),
    showWithinMs: 60_000,
    async inject({ replica, other, configure }) {
      for (const host of [replica, other]) {
        editFile(host, "/etc/patroni/patroni.yml", TAGS("nosync", "true"));
        await reloadService(host, "patroni");
      }
      return configure({ synchronous_mode: true }, { synchronous_mode: null });
    },
  },
  {
    name: "failsafe",
    what: "failsafe mode is on, and etcd loses its quorum",
    expect: ["dcs-no-quorum", "failsafe-active"],
    allow: [
      ...NO_WRITER,
      ...because("two of three etcd members are dead", "dcs-member-down", "dcs-no-leader", "source-silent"),
    ],
    showWithinMs: 75_000,
    clearWithinMs: 90_000,
    async inject({ replica, other, hosts, configure, begin }) {
      const undo = await configure({ failsafe_mode: true }, { failsafe_mode: null });
      // Each member must have read it before there is nobody to read it from.
      await untilTruth(() => true, { deadlineMs: 10_000, what: "the hosts" });
      await Promise.all(hosts.map((host) => reloadService(host, "patroni")));
      await settledInto(10_000);
      begin();
      await Promise.all([replica, other].map((host) => service("kill", host, "etcd")));
      return async () => {
        await Promise.all([replica, other].map((host) => service("start", host, "etcd")));
        await untilTruth(({ leaderKey }) => leaderKey !== null, { deadlineMs: 60_000, what: "etcd to answer again" });
        await undo();
      };
    },
  },
];

/** Two loops of Patroni, in which it takes up what was configured. */
async function settledInto(ms: number): Promise<void> {
  const end = Date.now() + ms;
  await untilTruth(() => Date.now() > end, { deadlineMs: ms + 10_000, what: "two loops of Patroni" });
}
