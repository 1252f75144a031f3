import type { RosterEntry } from "@/lib/domain/cluster-state";
import type { PatroniStatus } from "@/lib/domain/facts";
import type { Result } from "@/lib/domain/observation";
import { getPatroniStatus, verifyIdentity } from "@/lib/sources/patroni/client";
import { createPgbouncerProbe } from "@/lib/sources/pgbouncer/client";
import { createPostgresProbe } from "@/lib/sources/postgres/client";
import { type Beat, startBeat } from "./beat";
import { startMemberCertificates } from "./certificates";
import type { Desk } from "./desk";
import { startSlowLooks } from "./vitals";

/** Margin over an adapter's own time-out before the beat gives a look up itself, in ms. */
const MARGIN_MS = 1_000;

/** Starts looking at one member: its Patroni, its PostgreSQL, its PgBouncer and their certificates, each on a beat of its own. */
export function startMember(desk: Desk, entry: RosterEntry): Beat[] {
  const certificates = startMemberCertificates(desk, entry);
  const onReloaded = () => {
    for (const beat of certificates) beat.wake();
  };
  const beats = [startPatroni(desk, entry), ...startPostgres(desk, entry, onReloaded), startPgbouncer(desk, entry)];
  return [...beats, ...certificates].filter((beat) => beat !== null);
}

function startPatroni(desk: Desk, { name, apiUrl }: RosterEntry): Beat | null {
  const { patroni, scope } = desk.config;
  if (apiUrl === null) return null;
  desk.expect("patroni", "patroni", name, patroni.intervalMs);
  return startBeat<PatroniStatus>({
    source: "patroni",
    target: name,
    intervalMs: patroni.intervalMs,
    giveUpMs: patroni.timeoutMs + MARGIN_MS,
    async look(signal): Promise<Result<PatroniStatus>> {
      const answer = await getPatroniStatus(apiUrl, { tls: patroni.tls, timeoutMs: patroni.timeoutMs, signal });
      const wrong = answer.ok ? verifyIdentity(answer.value, { name, scope }) : null;
      return wrong ? { ok: false, failure: wrong } : answer;
    },
    onSeen: (seen) => desk.see("patroni", seen, patroni.intervalMs),
  });
}

/** Its fast look, its slow ones, and one connection for all of them. */
function startPostgres(desk: Desk, entry: RosterEntry, onReloaded: () => void): Beat[] {
  const { name, host, port } = entry;
  const { postgres } = desk.config;
  if (!postgres || host === null || port === null) return [];
  desk.expect("postgres", "postgres", name, postgres.intervalMs);
  const probe = createPostgresProbe({
    host,
    port,
    user: postgres.user,
    password: postgres.password,
    database: postgres.database,
    sslmode: postgres.sslmode,
    ca: postgres.ca,
    timeoutMs: postgres.timeoutMs,
    applicationName: "matriarch",
    // The server ended our session: it is stopping, crashed, or an administrator was here. Either way it is news.
    onLost: () => desk.hurry(),
  });
  const beat = startBeat({
    source: "postgres",
    target: name,
    intervalMs: postgres.intervalMs,
    giveUpMs: postgres.timeoutMs + MARGIN_MS,
    look: (signal) => probe.look(signal),
    onSeen(seen) {
      desk.see("postgres", seen, postgres.intervalMs);
      slow.onSeen(seen);
    },
  });
  // After the fast look, which opens the connection that they wait for.
  const slow = startSlowLooks(desk, entry, postgres.vitalsIntervalMs, probe, onReloaded);
  return [closing(beat, () => probe.close()), ...slow.beats];
}

function startPgbouncer(desk: Desk, { name, host }: RosterEntry): Beat | null {
  const { pgbouncer } = desk.config;
  if (!pgbouncer || host === null) return null;
  desk.expect("pgbouncer", "pgbouncer", name, pgbouncer.intervalMs);
  const probe = createPgbouncerProbe({
    host,
    port: pgbouncer.port,
    user: pgbouncer.user,
    password: pgbouncer.password,
    timeoutMs: pgbouncer.timeoutMs,
    onLost: () => beat.wake(),
  });
  const beat = startBeat({
    source: "pgbouncer",
    target: name,
    intervalMs: pgbouncer.intervalMs,
    giveUpMs: pgbouncer.timeoutMs + MARGIN_MS,
    look: (signal) => probe.look(signal),
    onSeen: (seen) => desk.see("pgbouncer", seen, pgbouncer.intervalMs),
  });
  return closing(beat, () => probe.close());
}

const closing = (beat: Beat, close: () => Promise<void>): Beat => ({
  ...beat,
  stop() {
    beat.stop();
    void close();
  },
});
