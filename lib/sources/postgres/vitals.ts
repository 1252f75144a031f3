import type { Instant } from "@/lib/domain/ids";
import { ok, type Result } from "@/lib/domain/observation";
import type { ArchiveBacklog, DatabaseSizes, PostgresVitals } from "@/lib/domain/vitals/facts";
import { failureText } from "@/lib/sources/shared/failure";
import { diskLook } from "./disk";
import { codeOf } from "./failure";
import type { Question, SharedConnection } from "./kept-connection";
import { atLeastZero } from "./map";
import { lastRows } from "./rows";
import { lastAttemptFailed, toPostgresVitals } from "./vitals-map";
import { backlogSql, DATABASES_SQL, sizeSql, vitalsSql } from "./vitals-queries";
import { backlogRows, databaseRows, sizeRows, type VitalsAnswer, vitalsAnswer } from "./vitals-schema";

/** What the slow questions need to know of a session. */
export type VitalsSession = { readonly serverVersion: number };

/** Limit of the slow look, in ms. The fast look waits for it, so it is far below that one's own. */
export const VITALS_TIMEOUT_MS = 1_000;
/** Limits of what reads directories, kept by the server, in ms; ours comes later, so that the connection survives. */
const FILES_TIMEOUT_MS = 1_000;
const FILES_GIVE_UP_MS = 1_500;
/** While no file waits the files are counted this often, in ms; at every slow look while some do, or while archiving fails. */
const COUNT_EVERY_MS = 60_000;
/** A directory that took too long to list is left alone for this long, in ms. */
const COUNT_AGAIN_MS = 600_000;
const CANCELLED = "57014";

/**
 * The slow look over a shared connection: the statistics, and now and then the count of the WAL files that wait to be archived, as a
 * question of its own, and the space on the server's disks where it can tell that. Never rejects; fails as the fast look does, and with its failure where there is no connection.
 */
export function vitalsLook(connection: SharedConnection<VitalsSession>) {
  let backlog: ArchiveBacklog | null = null;
  let countAt = 0;
  const disk = diskLook(connection);

  async function count(signal?: AbortSignal): Promise<void> {
    const counted = await connection.ask(COUNT_FILES, signal).answer;
    countAt = Date.now() + COUNT_EVERY_MS;
    if (counted.ok) backlog = counted.value;
    else if (counted.failure.kind === "timeout") {
      backlog = null;
      countAt = Date.now() + COUNT_AGAIN_MS;
    }
  }

  return async (signal?: AbortSignal): Promise<Result<PostgresVitals>> => {
    const seen = await connection.ask(READ_VITALS, signal).answer;
    if (!seen.ok) return seen;
    const answer = seen.value;
    const heldOff = countAt > Date.now() + COUNT_EVERY_MS;
    const restless = lastAttemptFailed(answer.archiver) || (backlog !== null && backlog.files > 0);
    const due = Date.now() >= countAt || (restless && !heldOff);
    if (answer.mayListArchive && answer.archiver.mode !== "off" && due) await count(signal);
    if (answer.mayAskDisk) await disk.refresh(signal);
    return ok(toPostgresVitals(answer, { backlog, disk: disk.last() }));
  };
}

/** The size of every database, each a question of its own; one that takes too long is null. */
export function sizesLook(connection: SharedConnection<VitalsSession>) {
  return async (signal?: AbortSignal): Promise<Result<DatabaseSizes>> => {
    const listed = await connection.ask(LIST_DATABASES, signal).answer;
    if (!listed.ok) return listed;
    const databases: { name: string; bytes: number | null }[] = [];
    for (const { oid, name } of listed.value) {
      const measured = await connection.ask(measure(oid), signal).answer;
      if (!measured.ok) return measured;
      databases.push({ name, bytes: measured.value });
    }
    return ok({ databases });
  };
}

type Ask<T> = Question<VitalsSession, T>;

const READ_VITALS: Ask<VitalsAnswer> = {
  urgent: false,
  timeoutMs: VITALS_TIMEOUT_MS,
  async ask(client, { serverVersion }) {
    const { rows } = await client.query<{ vitals: unknown }>({
      name: "matriarch-vitals",
      text: vitalsSql(serverVersion),
    });
    const parsed = vitalsAnswer.safeParse(rows[0]?.vitals);
    if (parsed.success) return ok(parsed.data);
    const issue = parsed.error.issues[0];
    return { ok: false, failure: failureText("malformed", `${issue?.path.join(".")}: ${issue?.message}`) };
  },
};

const COUNT_FILES: Ask<ArchiveBacklog> = {
  urgent: false,
  timeoutMs: FILES_GIVE_UP_MS,
  async ask(client) {
    const parsed = backlogRows.safeParse(await lastRows(client, backlogSql(FILES_TIMEOUT_MS)));
    const row = parsed.data?.[0];
    if (!row) return { ok: false, failure: failureText("malformed", "the files that wait to be archived") };
    return ok({ files: row.files, oldestAgeSeconds: atLeastZero(row.age), at: row.at as Instant });
  },
};

const LIST_DATABASES: Ask<readonly { readonly oid: string; readonly name: string }[]> = {
  urgent: false,
  timeoutMs: VITALS_TIMEOUT_MS,
  async ask(client) {
    const parsed = databaseRows.safeParse((await client.query(DATABASES_SQL)).rows);
    if (parsed.success) return ok(parsed.data);
    return { ok: false, failure: failureText("malformed", "the list of databases") };
  },
};

const measure = (oid: string): Ask<number | null> => ({
  urgent: false,
  timeoutMs: FILES_GIVE_UP_MS,
  async ask(client) {
    try {
      const parsed = sizeRows.safeParse(await lastRows(client, sizeSql(oid, FILES_TIMEOUT_MS)));
      const row = parsed.data?.[0];
      if (!row) return { ok: false, failure: failureText("malformed", "the size of a database") };
      return ok(row.bytes === null ? null : Number(row.bytes));
    } catch (error) {
      if (codeOf(error) === CANCELLED) return ok(null);
      throw error;
    }
  },
});
