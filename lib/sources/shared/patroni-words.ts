import type { z } from "zod";
import type { PendingRestartReason, PostgresState, ReplicationState, Role, Tags } from "@/lib/domain/facts";
import { type HostName, hostName, type Instant, instant } from "@/lib/domain/ids";

/** Patroni's vocabulary, as it stands both in its REST answers and in the DCS keys. One place, so that it is read alike. */

const ROLES: Readonly<Record<string, Role>> = {
  // `master` up to 3.x, `primary` from 4.0; `leader` is the word of `/cluster` in every version.
  master: "primary",
  primary: "primary",
  leader: "primary",
  replica: "replica",
  standby_leader: "standby-leader",
  sync_standby: "sync-standby",
  quorum_standby: "quorum-standby",
  demoted: "demoted",
  uninitialized: "uninitialized",
  // `promoted` (asked to promote, not yet seen writable) stays unknown on purpose: only an answer from SQL makes a primary.
};

const STATES: Readonly<Record<string, PostgresState>> = {
  "initializing new cluster": "initializing",
  "initdb failed": "initdb-failed",
  "running custom bootstrap script": "custom-bootstrap",
  "custom bootstrap failed": "custom-bootstrap-failed",
  "creating replica": "creating-replica",
  running: "running",
  starting: "starting",
  "starting after custom bootstrap": "starting",
  "start failed": "start-failed",
  restarting: "restarting",
  "restart failed": "restart-failed",
  stopping: "stopping",
  stopped: "stopped",
  "stop failed": "stop-failed",
  crashed: "crashed",
  // `/cluster` shows the replication state in the state's place (from 3.0.4), and only of a running replica.
  streaming: "running",
  "in archive recovery": "running",
};

const pick = <T>(table: Readonly<Record<string, T>>, word: unknown): T | undefined =>
  typeof word === "string" && Object.hasOwn(table, word) ? table[word] : undefined;

/** `unknown` for a role of a future release. */
export const roleOf = (word: unknown): Role => pick(ROLES, word) ?? "unknown";

/** `unknown` for a state of a future release. */
export const stateOf = (word: unknown): PostgresState => pick(STATES, word) ?? "unknown";

export function replicationStateOf(word: unknown): ReplicationState {
  if (word === "streaming") return "streaming";
  return word === "in archive recovery" ? "in-archive-recovery" : null;
}

/** An ISO 8601 time with an offset, or Patroni's spelling with a space; null for anything else. */
export function instantOf(text: unknown): Instant | null {
  if (typeof text !== "string") return null;
  const at = Date.parse(text.replace(/^(\d{4}-\d\d-\d\d) /, "$1T"));
  return Number.isNaN(at) ? null : instant(at);
}

/** Origin of `api_url` (`http://10.0.0.1:8008/patroni`), to which other paths are joined. */
export function originOf(url: unknown): string | null {
  if (typeof url !== "string" || !URL.canParse(url)) return null;
  const { origin } = new URL(url);
  return origin === "null" ? null : origin;
}

/** Where clients connect, from `postgres://host:port/db`; IPv6 comes without its brackets. */
export function hostPortOf(url: unknown): { host: HostName | null; port: number | null } {
  if (typeof url !== "string" || !URL.canParse(url)) return { host: null, port: null };
  const { hostname, port } = new URL(url);
  return { host: hostname ? hostName(hostname.replace(/^\[|\]$/g, "")) : null, port: port ? Number(port) : null };
}

export const NO_TAGS: Tags = {
  nofailover: false,
  noloadbalance: false,
  nosync: false,
  clonefrom: false,
  replicatefrom: null,
  failoverPriority: null,
  all: {},
};

/**
 * Tags of a member. `nofailover` also holds when only `failover_priority` is given and is not positive (3.2 and later);
 * an explicit `nofailover` wins, as in Patroni.
 */
export function tagsOf(raw: unknown): Tags {
  if (!isRecord(raw)) return NO_TAGS;
  const priority = numberOf(raw.failover_priority);
  const said = boolOf(raw.nofailover);
  return {
    nofailover: said ?? (priority !== null && priority <= 0),
    noloadbalance: boolOf(raw.noloadbalance) ?? false,
    nosync: boolOf(raw.nosync) ?? false,
    clonefrom: boolOf(raw.clonefrom) ?? false,
    replicatefrom: typeof raw.replicatefrom === "string" && raw.replicatefrom ? raw.replicatefrom : null,
    failoverPriority: priority,
    all: Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, textOf(value)])),
  };
}

/** `{param: {old_value, new_value}}` (3.3 and later), sorted by parameter. */
export function pendingReasonsOf(raw: unknown): PendingRestartReason[] {
  if (!isRecord(raw)) return [];
  return Object.entries(raw)
    .map(([setting, change]) => {
      const { old_value, new_value } = isRecord(change) ? change : {};
      return { setting, oldValue: textOf(old_value), newValue: textOf(new_value) };
    })
    .sort((a, b) => a.setting.localeCompare(b.setting));
}

/** A 64-bit identifier as text; null for anything that is not digits. */
export function digitsOf(value: unknown): string | null {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && /^\d+$/.test(text) ? text : null;
}

/** A finite number, also when it was sent as text; null otherwise, never 0. */
export function numberOf(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : null;
}

/** A timeline is positive; Patroni says 0 or null where it does not know. */
export function timelineOf(value: unknown): number | null {
  const timeline = numberOf(value);
  return timeline !== null && timeline > 0 ? timeline : null;
}

/** Null when not given or not a word that Patroni takes for a boolean. */
export function boolOf(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  const word = String(value ?? "").toLowerCase();
  if (["true", "on", "yes", "1"].includes(word)) return true;
  return ["false", "off", "no", "0"].includes(word) ? false : null;
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** For schemas of foreign answers: a field of the wrong type is treated as not reported, and spoils nothing else. */
export const loose = <T extends z.ZodType>(schema: T) => schema.nullish().catch(null);

const textOf = (value: unknown): string =>
  value === undefined || value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);
