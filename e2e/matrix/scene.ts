import { Client } from "pg";
import {
  callPatroni,
  credentials,
  execAsPostgres,
  type HostName,
  hostAddress,
  PORTS,
  readTruth,
  restoreConfig,
  settle,
  waitForTruth,
} from "@/lab/index";
import { followersOf, steady } from "../support/steady";
import type { Cast } from "./cast";

/** The lab as one fault finds it, and the tools that faults are made with. */
export type Scene = Cast & {
  readonly hosts: readonly HostName[];
  /** Names the moment from which the fault counts; until then it is only prepared. */
  begin(): void;
  readonly beganAt: () => number | null;
  /** Statements as the superuser on the host's own socket; the first column of the first row. */
  sql(host: HostName, sql: string, database?: string): Promise<string>;
  /** A session of an ordinary client, at PostgreSQL itself or at a PgBouncer; ended with the scene. */
  session(host: HostName, port?: number): Promise<Client>;
  /** Changes Patroni's dynamic configuration, and gives back how to undo it. */
  configure(patch: Record<string, unknown>, undo: Record<string, unknown>): Promise<() => Promise<void>>;
  /** Writes WAL on the leader, in MiB, without touching a table. */
  writeWal(mib: number): Promise<void>;
  end(): Promise<void>;
};

/** Puts the lab right, whatever an interrupted run left, and says who is who. */
export async function openScene(): Promise<Scene> {
  await recover();
  const { leaderKey: leader } = await steady();
  const [replica, other] = followersOf(leader);
  if (!replica || !other) throw new Error("the lab has fewer than three hosts");
  const hosts = [leader, replica, other];
  const sessions: Client[] = [];
  let beganAt: number | null = null;

  async function sql(host: HostName, statement: string, database = "postgres"): Promise<string> {
    const argv = ["psql", "-X", "-A", "-t", "-w", "-q", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", statement];
    return (await execAsPostgres(host, argv, { deadlineMs: 60_000 })).stdout.trim();
  }

  return {
    leader,
    replica,
    other,
    hosts,
    sql,
    begin() {
      beganAt = Date.now();
    },
    beganAt: () => beganAt,
    async session(host, port = PORTS.postgres) {
      const client = new Client({
        host: hostAddress(host),
        port,
        user: "bench",
        database: "bench",
        password: credentials().bench,
        application_name: "fault-matrix",
        connectionTimeoutMillis: 20_000,
      });
      client.on("error", () => undefined);
      sessions.push(client);
      await client.connect();
      return client;
    },
    async configure(patch, undo) {
      const send = async (body: Record<string, unknown>) => {
        const to = (await readTruth()).writable[0] ?? leader;
        const { status, text } = await callPatroni(to, "PATCH", "/config", body, 20_000);
        if (status !== 200) throw new Error(`PATCH /config: ${status} ${text}`);
      };
      await send(patch);
      return () => send(undo);
    },
    async writeWal(mib) {
      await sql(
        leader,
        `SELECT count(pg_logical_emit_message(false, 'fault', repeat('x', 1048576))) FROM generate_series(1, ${mib})`,
      );
    },
    async end() {
      // A session whose server was killed has nobody to say goodbye to; one that waits or sleeps does not notice that its client left.
      for (const client of sessions) client.connection.stream.destroy();
      if (sessions.length === 0) return;
      const left =
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'fault-matrix'";
      await Promise.all(hosts.map((host) => sql(host, left).catch(() => undefined)));
    },
  };
}

/** Services up, intentions taken back, files as they were, one leader and everybody streaming. */
export async function recover(): Promise<void> {
  const hosts = Object.keys((await readTruth()).hosts) as HostName[];
  for (const host of hosts) await restoreConfig(host);
  await settle({ deadlineMs: 180_000 });
}

/** Until the hosts themselves say so. */
export const untilTruth = waitForTruth;
