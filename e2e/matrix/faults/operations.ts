import { execFile } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { callPatroni, credentials, editFile, reloadService, service } from "@/lab/index";
import { RESULTS } from "../../support/dashboard";
import { type Fault, nothingMore } from "../fault";
import { because } from "./reasons";

const run = promisify(execFile);

/** A file system of its own for the dashboard's record, small enough to be filled. */
const SMALL = join(RESULTS, "small-disk");
const FILLER = join(SMALL, "filler");
const SMALL_MIB = 24;

const IN_TEN_MINUTES_MS = 600_000;

/** What is done to the cluster, and how well we see it. */
export const OPERATION_FAULTS: readonly Fault[] = [
  {
    name: "paused",
    what: "automatic failover is switched off, without a word",
    limits: { forgotten: "5s" },
    expect: ["paused-too-long"],
    allow: because("nobody takes over while it is off", "no-candidate"),
    inject: ({ configure }) => configure({ pause: true }, { pause: null }),
  },
  {
    name: "scheduled-switchover",
    what: "a switchover is scheduled in ten minutes",
    expect: ["scheduled-near"],
    async inject({ leader, replica }) {
      const at = new Date(Date.now() + IN_TEN_MINUTES_MS).toISOString();
      const { status, text } = await callPatroni(leader, "POST", "/switchover", {
        leader,
        candidate: replica,
        scheduled_at: at,
      });
      if (status !== 202) throw new Error(`scheduling: ${status} ${text}`);
      return nothingMore;
    },
  },
  {
    name: "postgres-password",
    what: "the dashboard's role has another password on the servers",
    expect: ["source-silent:postgres:{leader}", "source-silent:postgres:{replica}"],
    allow: [
      ...because("every session of that role is refused", "source-silent"),
      ...because(
        "PgBouncer logs in with the old password too",
        "pgbouncer-login",
        "client-cut-off",
        "pgbouncer-waiting",
      ),
      ...because("the client's eye signs in with that role", "write-path", "witness-disagrees"),
    ],
    async inject({ leader, hosts, sql, begin }) {
      await sql(leader, "ALTER ROLE matriarch PASSWORD 'another-one'");
      begin();
      const end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'matriarch'";
      for (const host of hosts) await sql(host, end);
      return async () => {
        await sql(leader, `ALTER ROLE matriarch PASSWORD '${credentials().matriarch}'`);
      };
    },
  },
  {
    name: "haproxy-password",
    what: "the statistics page of one HAProxy wants another password",
    expect: ["source-silent:haproxy:{replica}"],
    async inject({ replica }) {
      editFile(replica, "/etc/haproxy/haproxy.cfg", (text) =>
        text.replace(/stats auth admin:\w+/, "stats auth admin:another"),
      );
      await reloadService(replica, "haproxy");
      return nothingMore;
    },
  },
  {
    name: "pgbouncer-password",
    what: "one PgBouncer knows another password for the dashboard's role",
    expect: ["source-silent:pgbouncer:{replica}"],
    showWithinMs: 75_000,
    async inject({ replica }) {
      editFile(replica, "/etc/pgbouncer/userlist.txt", (text) =>
        text.replace(/"matriarch" "\w+"/, '"matriarch" "another"'),
      );
      // Who is signed in stays signed in.
      await service("stop", replica, "pgbouncer");
      await service("start", replica, "pgbouncer");
      return nothingMore;
    },
  },
  {
    name: "store-disk-full",
    what: "the disk of the dashboard's own record is full",
    expect: ["store-failing"],
    async store() {
      await run("umount", [SMALL]).catch(() => undefined);
      mkdirSync(SMALL, { recursive: true });
      await run("mount", ["-t", "tmpfs", "-o", `size=${SMALL_MIB}m`, "tmpfs", SMALL]);
      return `sqlite:${join(SMALL, "matriarch.db")}`;
    },
    async inject() {
      fill();
      return async () => rmSync(FILLER, { force: true });
    },
    async afterwards() {
      await run("umount", [SMALL]).catch(() => undefined);
    },
  },
];

/** Until nothing more fits. */
function fill(): void {
  for (const size of [1_048_576, 4_096]) {
    try {
      for (;;) writeFileSync(FILLER, Buffer.alloc(size), { flag: "a" });
    } catch {
      // It is full.
    }
  }
}
