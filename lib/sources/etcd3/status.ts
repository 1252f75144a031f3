import type { DcsMemberStatus } from "@/lib/domain/facts";
import { ok, type Result, type SourceFailure } from "@/lib/domain/observation";
import { failureOf, failureText } from "@/lib/sources/shared/failure";
import { connectEtcd, type EtcdAccess, type EtcdConnection } from "./client";
import { firstAnswer } from "./first-answer";
import { quotaBytesOf, tellsQuota } from "./quota";

export type EtcdCallOptions = EtcdAccess & {
  /** Deadline of each call, in ms. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
};

export type EtcdMember = { readonly name: string; readonly clientUrls: readonly string[] };

/**
 * One member's own `maintenance.status` (etcd 3.4 to 3.6), with its name from the member list where that is permitted.
 * `forbidden`: etcd answers, but this user may not ask (needs the root role in 3.4.42–45, 3.5.28–31 and 3.6.0–3.6.11);
 * that is not a member that is down.
 */
export function getEtcdStatus(endpoint: string, options: EtcdCallOptions): Promise<Result<DcsMemberStatus>> {
  return withConnection(endpoint, options, async (connection) => {
    const { etcd } = connection;
    const status = await etcd.maintenance.status({ deadline: Date.now() + options.timeoutMs });
    const memberId = status.header.member_id;
    const name = await nameOf(etcd, memberId, options.timeoutMs);
    // An id of "0" means none: this member knows of no leader.
    const leaderId = status.leader === "0" ? null : status.leader;
    return {
      endpoint,
      name,
      memberId,
      leaderId,
      isLeader: leaderId !== null && leaderId === memberId,
      isLearner: status.isLearner,
      raftTerm: status.raftTerm,
      version: status.version || null,
      dbSizeBytes: countOf(status.dbSize),
      dbSizeInUseBytes: countOf(status.dbSizeInUse),
      dbQuotaBytes: tellsQuota(status.version) ? await quotaBytesOf(connection, options) : null,
      raftBacklog: backlogOf(status.raftIndex, status.raftAppliedIndex),
      alarms: await alarmsOf(etcd, options.timeoutMs),
      errors: status.errors,
    };
  });
}

/** 64-bit integers come as text. An older etcd leaves a field that it does not know out: the library then gives "0". */
const countOf = (text: string): number | null => (/^\d+$/.test(text) ? Number(text) : null);

function backlogOf(index: string, applied: string): number | null {
  if (!/^\d+$/.test(index) || !/^\d+$/.test(applied) || applied === "0") return null;
  return Math.max(0, Number(BigInt(index) - BigInt(applied)));
}

async function alarmsOf(etcd: EtcdConnection["etcd"], timeoutMs: number): Promise<readonly string[] | null> {
  try {
    const all = { action: "Get", memberID: 0, alarm: "None" } as unknown as Parameters<
      typeof etcd.maintenance.alarm
    >[0];
    const { alarms } = await etcd.maintenance.alarm(all, { deadline: Date.now() + timeoutMs });
    // The library spells them its own way (`Nospace`); etcd's documentation and logs say `NOSPACE`.
    return [...new Set(alarms.map(({ alarm }) => String(alarm).toUpperCase()))];
  } catch {
    // Forbidden where only root may ask; the status itself carries raised alarms among its errors.
    return null;
  }
}

/**
 * Members that etcd is configured with, from the first endpoint that answers: configured, not necessarily alive. One that
 * never started has neither name nor addresses and is left out.
 */
export function listEtcdMembers(
  endpoints: readonly string[],
  options: EtcdCallOptions,
): Promise<Result<readonly EtcdMember[]>> {
  const list = (endpoint: string, signal: AbortSignal) =>
    withConnection(endpoint, { ...options, signal }, async ({ etcd }) => {
      const { members } = await etcd.cluster.memberList(
        { linearizable: false },
        { deadline: Date.now() + options.timeoutMs },
      );
      return members
        .map(({ name, clientURLs }) => ({ name, clientUrls: clientURLs }))
        .filter(({ clientUrls }) => clientUrls.length > 0);
    });
  return firstAnswer(endpoints, list, () => undefined, options.signal ?? new AbortController().signal);
}

async function nameOf(etcd: EtcdConnection["etcd"], memberId: string, timeoutMs: number): Promise<string | null> {
  try {
    const { members } = await etcd.cluster.memberList({ linearizable: false }, { deadline: Date.now() + timeoutMs });
    return members.find((member) => member.ID === memberId)?.name || null;
  } catch {
    // The list may be forbidden where the status is not; the member is then known by its address only.
    return null;
  }
}

/**
 * Runs calls on a connection that is closed again whatever happens. Credentials are sent only when the member asks for
 * them: checking a password is made expensive on purpose (bcrypt), and older releases answer these calls without.
 */
async function withConnection<T>(
  endpoint: string,
  options: EtcdCallOptions,
  call: (connection: EtcdConnection) => Promise<T>,
): Promise<Result<T>> {
  const plain = await attempt(endpoint, { ...options, username: null }, call);
  if (plain.ok || !options.username || !wantsCredentials(plain.failure)) return plain;
  return attempt(endpoint, options, call);
}

const wantsCredentials = ({ kind, text }: SourceFailure): boolean =>
  kind === "unauthorized" || kind === "forbidden" || /user name is empty/.test(text);

async function attempt<T>(
  endpoint: string,
  options: EtcdCallOptions,
  call: (connection: EtcdConnection) => Promise<T>,
): Promise<Result<T>> {
  const connected = await connectEtcd(endpoint, options, options.timeoutMs);
  if (!connected.ok) return connected;
  const connection = connected.value;
  const abort = () => connection.close();
  options.signal?.addEventListener("abort", abort, { once: true });
  if (options.signal?.aborted) connection.close();
  try {
    return ok(await call(connection));
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind !== "forbidden") return { ok: false, failure };
    return { ok: false, failure: failureText("forbidden", "this user may not ask for the status of etcd members") };
  } finally {
    options.signal?.removeEventListener("abort", abort);
    connection.close();
  }
}
