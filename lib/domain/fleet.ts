import { naturally } from "./evidence/natural-order";
import type { ClusterScope, EpochMs, Instant, MemberName } from "./ids";
import type { Message } from "./message";
import type { Finding, Snapshot, WritePathCode, WritePathState } from "./snapshot";

/** One cluster in a list of many. */
export type ClusterSummary = {
  readonly scope: ClusterScope;
  readonly title: string;
  readonly environment: string | null;
  readonly version: number;
  readonly at: Instant;
  readonly state: WritePathState;
  readonly code: WritePathCode;
  readonly writer: MemberName | null;
  readonly message: Message;
  readonly sentence: string;
  readonly since: Instant;
  readonly agree: number;
  readonly of: number;
  readonly leader: MemberName | null;
  readonly timeline: number | null;
  readonly paused: boolean | null;
  readonly members: {
    readonly total: number;
    readonly missing: number;
    /** Members whose state is running by fresh evidence. */
    readonly running: number;
  };
  /** The greatest replay lag of all replicas, in bytes, by fresh figures; null when none is known. */
  readonly replayLagBytesMax: number | null;
  readonly findings: Readonly<Record<Finding["severity"], number>>;
  readonly staleSources: number;
};

export function summarise(snapshot: Snapshot): ClusterSummary {
  const { writePath: path, members } = snapshot;
  const lags = members.flatMap((m) =>
    m.lag.trust === "fresh" && m.lag.replayBytes !== null ? [m.lag.replayBytes] : [],
  );
  return {
    scope: snapshot.scope,
    title: snapshot.title,
    environment: snapshot.environment,
    version: snapshot.version,
    at: snapshot.at,
    state: path.state,
    code: path.code,
    writer: path.writer,
    message: path.message,
    sentence: path.sentence,
    since: path.since,
    agree: path.agree,
    of: path.of,
    leader: snapshot.leader?.name ?? null,
    timeline: snapshot.leader?.timeline ?? null,
    paused: snapshot.paused,
    members: {
      total: members.length,
      missing: members.filter((m) => m.presence === "missing").length,
      running: members.filter((m) => m.state === "running" && m.stateTrust === "fresh").length,
    },
    replayLagBytesMax: lags.length > 0 ? Math.max(...lags) : null,
    findings: countFindings(snapshot.findings),
    staleSources: snapshot.sources.filter((s) => s.stale).length,
  };
}

function countFindings(findings: readonly Finding[]): ClusterSummary["findings"] {
  const counts = { critical: 0, warn: 0, info: 0, unknown: 0 };
  for (const finding of findings) counts[finding.severity]++;
  return counts;
}

const RANK: Readonly<Record<WritePathState, number>> = { split: 0, broken: 1, unknown: 2, degraded: 3, ok: 4 };

type Ranked = Pick<ClusterSummary, "state" | "environment" | "title" | "scope">;

/** Clusters by need of attention: the worst first, production before others at equal rank, then by title. */
export function worstFirst<T extends Ranked>(clusters: readonly T[]): T[] {
  return [...clusters].sort(
    (a, b) =>
      RANK[a.state] - RANK[b.state] ||
      Number(isProduction(b.environment)) - Number(isProduction(a.environment)) ||
      naturally(a.title, b.title) ||
      naturally(a.scope, b.scope),
  );
}

/** Whatever is drawn as production: what is only meant to be spared there must not depend on how the word was ended. */
export function isProduction(environment: string | null): boolean {
  return environment !== null && /^(prod|прод|боев)/i.test(environment.trim());
}

/** Age in ms of what a summary shows. */
export const ageMs = (summary: Pick<ClusterSummary, "at">, now: EpochMs): number =>
  Math.max(0, now - Date.parse(summary.at));
