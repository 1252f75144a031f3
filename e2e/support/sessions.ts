import { Client } from "pg";
import { credentials, HOSTS, type HostName, hostAddress, PORTS, readTruth } from "@/lab/index";

export type Chain = { readonly pids: readonly [number, number, number]; end(): Promise<void> };

const TABLE = "e2e_blocking";

async function connect(host: HostName, name: string): Promise<Client> {
  const client = new Client({
    host: hostAddress(host),
    port: PORTS.postgres,
    user: "bench",
    password: credentials().bench,
    database: "bench",
    application_name: name,
  });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

async function pidOf(client: Client): Promise<number> {
  return (await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid")).rows[0]?.pid ?? 0;
}

/** Three sessions on the leader, each of which waits for the one before; the first is idle in its transaction. */
export async function makeBlockingChain(): Promise<Chain> {
  const { leaderKey } = await readTruth();
  const leader = HOSTS.find((host) => host === leaderKey);
  if (!leader) throw new Error("the lab has no leader");
  const names = ["e2e-holder", "e2e-waiter", "e2e-last"] as const;
  const [a, b, c] = await Promise.all(names.map((name) => connect(leader, name)));
  if (!a || !b || !c) throw new Error("three sessions were not opened");
  await a.query(`DROP TABLE IF EXISTS ${TABLE}; CREATE TABLE ${TABLE} (id int PRIMARY KEY, v int)`);
  await a.query(`INSERT INTO ${TABLE} VALUES (1, 0), (2, 0)`);
  // Before the rest: what a session ran last is what others see of it.
  const pids = [await pidOf(a), await pidOf(b), await pidOf(c)] as const;
  await a.query(`BEGIN; UPDATE ${TABLE} SET v = 1 WHERE id = 1`);
  await b.query(`BEGIN; UPDATE ${TABLE} SET v = 1 WHERE id = 2`);
  const waiting = [
    b.query(`UPDATE ${TABLE} SET v = 2 WHERE id = 1`),
    c.query(`UPDATE ${TABLE} SET v = 3 WHERE id = 2`),
  ];
  return {
    pids,
    async end() {
      // A session that was terminated meanwhile has nothing to take back.
      const done = (work: Promise<unknown>) => work.catch(() => undefined);
      await done(a.query("ROLLBACK"));
      await done(waiting[0] ?? Promise.resolve());
      await done(b.query("ROLLBACK"));
      await done(waiting[1] ?? Promise.resolve());
      await done(c.query(`DROP TABLE IF EXISTS ${TABLE}`));
      await Promise.all([a, b, c].map((client) => done(client.end())));
    },
  };
}
