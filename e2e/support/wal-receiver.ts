import { exec, execAsPostgres, type HostName } from "@/lab/index";

const PSQL = ["psql", "-X", "-A", "-t", "-w", "-d", "postgres", "-c"];

/** Stops the WAL receiver of a replica by SIGSTOP: it neither takes nor acknowledges WAL, while all else on the host goes on. */
export async function freezeWalReceiver(host: HostName): Promise<{ thaw(): Promise<void> }> {
  const { stdout } = await execAsPostgres(host, [
    ...PSQL,
    "SELECT pid FROM pg_stat_wal_receiver WHERE status = 'streaming'",
  ]);
  const pid = stdout.trim();
  if (!/^\d+$/.test(pid)) throw new Error(`${host} has no WAL receiver that streams: ${JSON.stringify(stdout)}`);
  // The number counts inside the host, so the signal is sent from in there.
  await exec(host, ["kill", "-STOP", pid]);
  return {
    async thaw() {
      // Gone already when PostgreSQL was stopped meanwhile: then nothing is frozen any more.
      await exec(host, ["kill", "-CONT", pid], { allowFailure: true });
    },
  };
}
