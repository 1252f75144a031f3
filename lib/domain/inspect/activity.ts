import type { Instant } from "../ids";

/** Who is connected to one member, and who waits for whom. `null` means "not told", never none or zero. */

export type SessionState =
  | "active"
  | "idle"
  | "idle-in-transaction"
  | "idle-in-transaction-aborted"
  | "fastpath"
  | "starting"
  | "disabled"
  | "unknown";

const STATES: Readonly<Record<string, SessionState>> = {
  active: "active",
  idle: "idle",
  "idle in transaction": "idle-in-transaction",
  "idle in transaction (aborted)": "idle-in-transaction-aborted",
  "fastpath function call": "fastpath",
  starting: "starting",
  disabled: "disabled",
};

/** PostgreSQL's word for the state of a session; one of the future is `unknown`. */
export const sessionState = (word: string | null): SessionState =>
  (word !== null && Object.hasOwn(STATES, word) && STATES[word]) || "unknown";

/** The lock that a session waits for. `relation` is a name in our own database and an oid in another. */
export type AwaitedLock = { readonly type: string; readonly mode: string; readonly relation: string | null };

export type Session = {
  readonly pid: number;
  readonly database: string | null;
  readonly user: string | null;
  readonly application: string | null;
  /** Address; null for a unix socket. */
  readonly client: string | null;
  /** PostgreSQL's `backend_type`, such as `client backend`. */
  readonly kind: string | null;
  readonly state: SessionState;
  readonly waitType: string | null;
  readonly waitEvent: string | null;
  readonly connectedSeconds: number | null;
  /** When it connected, in whole milliseconds: with the pid it tells this session from a later one of the same number. */
  readonly backendStart: Instant | null;
  /** Since the transaction began; null outside of one. */
  readonly transactionSeconds: number | null;
  readonly querySeconds: number | null;
  /** Since the state last changed. */
  readonly stateSeconds: number | null;
  /** The transaction has written, or has taken an id to. */
  readonly hasXid: boolean;
  /** Transactions since the oldest one that this session may still see: as much keeps vacuum from cleaning. */
  readonly xminAge: number | null;
  readonly queryId: string | null;
  readonly query: string | null;
  /** The text was longer than what is kept of it. */
  readonly queryCut: boolean;
  /** Sessions that hold what it waits for, or wait for it before; 0 is a prepared transaction. */
  readonly blockedBy: readonly number[];
  readonly waitsFor: AwaitedLock | null;
  /** It is one of this dashboard's own. */
  readonly own: boolean;
};

export type PreparedTransaction = {
  readonly gid: string;
  readonly owner: string | null;
  readonly database: string | null;
  readonly ageSeconds: number;
  readonly xidAge: number | null;
  readonly locks: number;
};

export type Count = { readonly name: string | null; readonly count: number };
export type Group = {
  readonly name: string | null;
  readonly count: number;
  readonly active: number;
  readonly idleInTransaction: number;
};

export type ActivityFacts = {
  readonly maxConnections: number;
  /** Client sessions, ours too. */
  readonly clients: number;
  readonly states: readonly { readonly state: SessionState; readonly count: number }[];
  readonly applications: readonly Group[];
  readonly users: readonly Group[];
  readonly databases: readonly Group[];
  /** What active sessions wait for; a null name is no wait: they compute. */
  readonly waits: readonly Count[];
  /** Every session that there is; `sessions` are the first of them, those that hold others up at the top. */
  readonly sessionsTotal: number;
  readonly sessions: readonly Session[];
  readonly prepared: readonly PreparedTransaction[];
};

/** A transaction this old deserves the eye: it keeps locks, and vacuum from cleaning. In seconds. */
export const LONG_TRANSACTION_SECONDS = 300;
/** One that does nothing deserves it sooner. In seconds. */
export const IDLE_TRANSACTION_SECONDS = 60;

export const isIdleInTransaction = ({ state }: Pick<Session, "state">): boolean =>
  state === "idle-in-transaction" || state === "idle-in-transaction-aborted";

/** True for a session whose transaction has been open, or idle, for too long. */
export function holdsOn(session: Pick<Session, "state" | "transactionSeconds" | "stateSeconds">): boolean {
  if ((session.transactionSeconds ?? 0) >= LONG_TRANSACTION_SECONDS) return true;
  return isIdleInTransaction(session) && (session.stateSeconds ?? 0) >= IDLE_TRANSACTION_SECONDS;
}
