/**
 * Where findings begin. Defaults suit clusters as most are run; each cluster may have its own (`clusters[].findings` in
 * `matriarch.yaml`). Sizes in bytes, times in ms unless the name says otherwise, shares in percent.
 */
export type FindingLimits = {
  readonly lagWarnBytes: number;
  readonly lagCriticalBytes: number;
  readonly lagWarnSeconds: number;
  readonly lagCriticalSeconds: number;
  /** Lag is called out once it has lasted for so long. */
  readonly lagHoldMs: number;
  readonly slotWarnBytes: number;
  readonly slotCriticalBytes: number;
  readonly connectionsWarnPercent: number;
  readonly connectionsCriticalPercent: number;
  readonly transactionWarnMs: number;
  readonly transactionCriticalMs: number;
  readonly idleInTransactionMs: number;
  readonly blockedMs: number;
  /** `age(datfrozenxid)`; PostgreSQL stops taking writes short of 2^31. */
  readonly wraparoundWarnAge: number;
  readonly wraparoundCriticalAge: number;
  readonly pgbouncerWaitMs: number;
  readonly pgbouncerHoldMs: number;
  /** etcd's default quota is 2 GiB, and before 3.6 it does not tell its own. */
  readonly dcsQuotaBytes: number;
  readonly dcsSizePercent: number;
  readonly dcsSlowMs: number;
  /** Changes of etcd's leader within an hour. */
  readonly dcsElections: number;
  readonly clockSkewMs: number;
  /** Moves of the VIP within ten minutes. */
  readonly vipMoves: number;
  readonly certificateWarnDays: number;
  readonly certificateCriticalDays: number;
  readonly diskWarnPercent: number;
  readonly diskCriticalPercent: number;
  /** A server kept out of a pool, a PgBouncer held or a cluster paused without an end for longer than this was forgotten. */
  readonly forgottenMs: number;
  /** A scheduled action is announced when it is as near as this. */
  readonly scheduledNearMs: number;
  /** Rules that are not to be applied. */
  readonly disabled: readonly string[];
};

const MIB = 1_048_576;
const GIB = 1_024 * MIB;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export const DEFAULT_LIMITS: FindingLimits = {
  lagWarnBytes: 64 * MIB,
  lagCriticalBytes: GIB,
  lagWarnSeconds: 60,
  lagCriticalSeconds: 600,
  lagHoldMs: 15_000,
  slotWarnBytes: 2 * GIB,
  slotCriticalBytes: 10 * GIB,
  connectionsWarnPercent: 80,
  connectionsCriticalPercent: 95,
  transactionWarnMs: 30 * MINUTE_MS,
  transactionCriticalMs: 4 * HOUR_MS,
  idleInTransactionMs: 10 * MINUTE_MS,
  blockedMs: MINUTE_MS,
  wraparoundWarnAge: 1_000_000_000,
  wraparoundCriticalAge: 1_600_000_000,
  pgbouncerWaitMs: 1_000,
  pgbouncerHoldMs: 10_000,
  dcsQuotaBytes: 2 * GIB,
  dcsSizePercent: 80,
  dcsSlowMs: 500,
  dcsElections: 3,
  clockSkewMs: 1_000,
  vipMoves: 3,
  certificateWarnDays: 21,
  certificateCriticalDays: 7,
  diskWarnPercent: 85,
  diskCriticalPercent: 95,
  forgottenMs: 4 * HOUR_MS,
  scheduledNearMs: 15 * MINUTE_MS,
  disabled: [],
};
