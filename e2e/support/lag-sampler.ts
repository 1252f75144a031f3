import { execAsPostgres, type HostName } from "@/lab/index";

/** What the leader itself said of one replica, and between which moments (epoch ms) it said so. */
export type LagSample = {
  readonly asked: number;
  readonly answered: number;
  readonly flushBytes: number;
  readonly replayBytes: number;
};

export type LagSampler = {
  readonly samples: readonly LagSample[];
  /** Ends after the sample that is on its way. */
  stop(): Promise<void>;
};

const EVERY_MS = 250;

const query = (replica: string) => `SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), flush_lsn)::bigint,
  pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)::bigint FROM pg_stat_replication WHERE application_name = '${replica}'`;

/** Reads `pg_stat_replication` on the leader a few times a second, with psql and without any of the product. */
export function sampleLag(leader: HostName, replica: HostName): LagSampler {
  const samples: LagSample[] = [];
  let going = true;
  const run = async () => {
    while (going) {
      const asked = Date.now();
      const argv = ["psql", "-X", "-A", "-t", "-w", "-F", " ", "-d", "postgres", "-c", query(replica)];
      const { stdout } = await execAsPostgres(leader, argv, { allowFailure: true, deadlineMs: 5_000 });
      const answered = Date.now();
      const [flush, replay] = stdout.trim().split(" ").map(Number);
      if (stdout.trim() !== "" && flush !== undefined && replay !== undefined) {
        samples.push({ asked, answered, flushBytes: flush, replayBytes: replay });
      }
      await new Promise((done) => setTimeout(done, Math.max(0, EVERY_MS - (answered - asked))));
    }
  };
  const done = run();
  // A failure is told by stop(), which awaits it.
  done.catch(() => undefined);
  return {
    samples,
    async stop() {
      going = false;
      await done;
    },
  };
}
