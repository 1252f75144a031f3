import { cut, editFile, exec, hostAddress, PORTS, readTruth, service } from "@/lab/index";
import { until } from "../../support/until";
import { freezeWalReceiver } from "../../support/wal-receiver";
import { type Fault, nothingMore } from "../fault";
import type { Scene } from "../scene";
import { AWAY, because } from "./reasons";

const SLOT = "left_behind";

/** A slot that nobody reads and that Patroni is told to leave alone, as a change-data-capture tool leaves one. */
async function leaveSlot({ leader, configure, sql }: Scene, more: Record<string, unknown> = {}) {
  const parameters = more.parameters === undefined ? {} : { postgresql: { parameters: more.parameters } };
  const undone = Object.fromEntries(
    Object.keys((more.parameters as object | undefined) ?? {}).map((key) => [key, null]),
  );
  const undo = await configure(
    { ignore_slots: [{ name: SLOT, type: "physical" }], ...parameters },
    { ignore_slots: null, ...(more.parameters === undefined ? {} : { postgresql: { parameters: undone } }) },
  );
  await sql(leader, `SELECT pg_create_physical_replication_slot('${SLOT}', true)`);
  return async () => {
    await sql(leader, `SELECT pg_drop_replication_slot('${SLOT}')`);
    await undo();
  };
}

const BEHIND = because("the replica is behind", "lag-bytes", "lag-seconds", "lag-growing", "read-pool-lagging");

export const REPLICATION_FAULTS: readonly Fault[] = [
  {
    name: "lag-in-bytes",
    what: "the WAL receiver of a replica hangs while the leader writes 48 MiB",
    limits: { lagWarn: "8MB", lagHold: "3s" },
    expect: ["lag-bytes:*{replica}"],
    allow: [
      ...BEHIND,
      ...because("its receiver neither takes nor acknowledges WAL", "receiver-stopped"),
      ...because("its slot holds what it has not taken", "slot-inactive", "wal-keep-risk"),
      ...because("one of the two is behind by more than allowed", "no-candidate"),
    ],
    async inject({ replica, writeWal, begin }) {
      const receiver = await freezeWalReceiver(replica);
      begin();
      await writeWal(48);
      return () => receiver.thaw();
    },
  },
  {
    name: "replay-paused",
    what: "replay is paused on a replica whose Patroni hangs (one that runs resumes it within a loop)",
    limits: { lagWarn: "8MB", lagHold: "3s" },
    expect: ["replay-paused"],
    allow: [...BEHIND, ...AWAY],
    async inject({ replica, sql, writeWal, begin }) {
      await service("freeze", replica, "patroni");
      begin();
      await sql(replica, "SELECT pg_wal_replay_pause()");
      await writeWal(16);
      return async () => {
        await sql(replica, "SELECT pg_wal_replay_resume()");
      };
    },
  },
  {
    name: "receiver-stopped",
    what: "a replica is cut off from the leader's PostgreSQL: its server runs, and streams nothing",
    expect: ["receiver-stopped"],
    allow: [...BEHIND, ...because("its slot has no reader", "slot-inactive", "wal-keep-risk")],
    async inject({ replica, leader, sql }) {
      const refuse = `host replication all ${hostAddress(replica)}/32 reject\n`;
      const file = await sql(leader, "SHOW hba_file");
      editFile(leader, file, (text) => refuse + text);
      await sql(leader, "SELECT pg_reload_conf()");
      await sql(
        leader,
        `SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '${replica}'`,
      );
      return async () => {
        await exec(leader, ["sed", "-i", "1d", file]);
        await sql(leader, "SELECT pg_reload_conf()");
      };
    },
  },
  {
    name: "slot-left-behind",
    what: "a slot that nobody reads holds 48 MiB of WAL",
    limits: { slotWarn: "16MB" },
    expect: ["slot-inactive"],
    // A slot may be idle for a minute while its reader is restarted.
    showWithinMs: 90_000,
    allow: because("it may come to hold more than there is room for", "wal-keep-risk"),
    async inject(scene) {
      const undo = await leaveSlot(scene);
      scene.begin();
      await scene.writeWal(48);
      return undo;
    },
  },
  {
    name: "slot-lost",
    what: "a slot that nobody reads falls behind max_slot_wal_keep_size",
    expect: ["slot-lost"],
    allow: because("it is inactive, and was at risk before it was lost", "slot-inactive", "wal-keep-risk"),
    showWithinMs: 60_000,
    async inject(scene) {
      const parameters = { max_slot_wal_keep_size: "16MB", wal_keep_size: "16MB" };
      const undo = await leaveSlot(scene, { parameters });
      const { leader, sql, writeWal, begin } = scene;
      await until(async () => ((await sql(leader, "SHOW max_slot_wal_keep_size")) === "16MB" ? true : undefined), {
        deadlineMs: 20_000,
        what: "the setting to be in force",
        everyMs: 250,
      });
      begin();
      for (let i = 0; i < 4; i += 1) {
        await writeWal(24);
        await sql(leader, "SELECT pg_switch_wal()");
      }
      await sql(leader, "CHECKPOINT");
      return undo;
    },
  },
  {
    name: "absent-replica-slot",
    what: "a replica's host is away while the leader writes: its slot holds 48 MiB",
    limits: { slotWarn: "16MB" },
    expect: ["slot-inactive", "host-silent"],
    showWithinMs: 90_000,
    allow: AWAY,
    async inject({ replica, writeWal }) {
      await cut(replica);
      await writeWal(48);
      return nothingMore;
    },
  },
];

/** Of etcd, and of what Patroni keeps in it. */
export const DCS_FAULTS: readonly Fault[] = [
  {
    name: "etcd-member-down",
    what: "one of three etcd members is killed",
    expect: ["dcs-member-down"],
    allow: because("nobody there answers; another may have to be elected", "source-silent", "dcs-no-leader"),
    async inject({ replica }) {
      await service("kill", replica, "etcd");
      return nothingMore;
    },
  },
  {
    name: "etcd-quorum-lost",
    what: "two of three etcd members are killed: Patroni demotes its leader",
    expect: ["dcs-no-quorum"],
    allow: [
      ...because("two members do not answer", "dcs-member-down", "dcs-no-leader", "source-silent"),
      ...because(
        "Patroni lets nobody lead without a quorum",
        "no-leader",
        "write-path",
        "witness-disagrees",
        "no-candidate",
      ),
      ...because(
        "clients have nobody to write to",
        "client-cut-off",
        "client-read-only",
        "write-pool-empty",
        "vip-nowhere",
      ),
      ...because(
        "a leader of none: the pools and the key change one after the other",
        "read-pool-leader-only",
        "read-pool-empty",
      ),
      ...because(
        "the leader that was is a replica of nobody",
        "receiver-stopped",
        "key-and-recovery-disagree",
        "haproxy-disagree",
      ),
      ...because("leaders change", "timeline-differs", "slot-inactive", "write-pool-lacks-leader", "vip-misplaced"),
    ],
    clearWithinMs: 90_000,
    async inject({ replica, other }) {
      await Promise.all([replica, other].map((host) => service("kill", host, "etcd")));
      return nothingMore;
    },
  },
  {
    name: "etcd-elections",
    what: "etcd's leadership is moved four times",
    limits: { dcsElections: 3 },
    expect: ["dcs-elections"],
    // Told for as long as the changes lie within the hour.
    lingers: ["dcs-elections"],
    async inject({ hosts }) {
      for (let i = 0; i < 4; i += 1) {
        const truth = await readTruth();
        const [leader] = hosts.filter((host) => truth.hosts[host]?.etcd?.isLeader);
        const next = hosts.filter((host) => host !== leader)[i % 2];
        const id = next && truth.hosts[next]?.etcd?.memberId;
        if (!leader || !id) throw new Error("etcd has no leader to move");
        const endpoint = `http://${hostAddress(leader)}:${PORTS.etcdClient}`;
        await exec(leader, ["etcdctl", `--endpoints=${endpoint}`, "move-leader", BigInt(id).toString(16)]);
        // Each change must have been seen: members are asked every five seconds.
        const end = Date.now() + 7_000;
        await until(() => (Date.now() > end ? true : undefined), { deadlineMs: 10_000, what: "it to be seen" });
      }
      return nothingMore;
    },
  },
  {
    name: "ttl-too-short",
    what: "ttl is shorter than loop_wait + 2 × retry_timeout",
    expect: ["dcs-ttl"],
    async inject({ configure }) {
      return configure({ ttl: 20, loop_wait: 10, retry_timeout: 10 }, { ttl: 20, loop_wait: 5, retry_timeout: 5 });
    },
  },
];
