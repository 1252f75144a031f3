import type { EpochMs } from "../ids";
import { type ClientFinding, type ClientOutcome, findingOf } from "./outcome";

/** What is remembered of the client's eye: how it stands now, the gap that lasts and the last one that is over. */
export type ClientEyeMemory = {
  /** The last outcome that counts: by the order in which looks began, not in which they ended. */
  readonly last: ClientOutcome | null;
  readonly finding: ClientFinding;
  /** Since when it finds that; for `writable` also since when it is this server. */
  readonly since: EpochMs | null;
  /** Looks in a row that found the same. */
  readonly inRow: number;
  /** The last look that found a writable server, unless nobody could look since. */
  readonly writable: { readonly startedAt: EpochMs; readonly at: EpochMs; readonly server: string } | null;
  readonly gap: OpenGap | null;
  readonly lastGap: ClosedGap | null;
  /** How long the last answers took, oldest first: more come between two pictures than a picture shows. */
  readonly recent: readonly { readonly at: EpochMs; readonly tookMs: number }[];
};

export type OpenGap = {
  /** When the last look that found a writable server had its answer. */
  readonly startedAt: EpochMs;
  /** Looks that failed or found a read-only server. */
  readonly attempts: number;
  readonly failures: Readonly<Record<string, number>>;
  /** `pg_postmaster_start_time()` of the server that was writable before. */
  readonly from: string;
};

/** `to`: of the server that was writable after; null when the gap ended only because nobody could look any more. */
export type ClosedGap = OpenGap & { readonly endedAt: EpochMs; readonly to: string | null };

export const NOTHING_SEEN: ClientEyeMemory = {
  last: null,
  finding: "unknown",
  since: null,
  inRow: 0,
  writable: null,
  gap: null,
  lastGap: null,
  recent: [],
};

/** Enough for two pictures. */
const RECENT_MAX = 16;

/**
 * After this long of looks that could not be made, a gap is not followed any further, in ms: a session that is refused for
 * its password says nothing of other clients. A single refusal in the middle of a failover ends nothing.
 */
export const BLIND_AFTER_MS = 5_000;

/**
 * Folds one outcome. Pure; outcomes may come in any order.
 *
 * A write gap begins at the answer of the last look that found a writable server and ends at the answer of the first one after
 * it, and is one only when a look between failed or found a read-only server: a slow answer is none. An outcome that was
 * overtaken, because a look that began later has told already, changes nothing. Before the first writable answer there is no
 * gap: a dashboard that starts was not there to see one begin. What was no look (`aborted`) is left out altogether.
 */
export function foldOutcome(memory: ClientEyeMemory, outcome: ClientOutcome): ClientEyeMemory {
  if (!outcome.result.ok && outcome.result.failure.kind === "aborted") return memory;
  if (memory.last !== null && outcome.order < memory.last.order) return memory;
  const finding = findingOf(outcome);
  const seen = standing(memory, outcome, finding);
  switch (finding) {
    case "writable":
      return { ...seen, ...writableAgain(memory, outcome) };
    case "read-only":
    case "failing":
      return { ...seen, ...notWritable(memory, kindOf(outcome)) };
    case "unknown":
      return { ...seen, ...blind(memory, seen, outcome) };
  }
}

/** `refused`, `timeout`, `read-only`, … */
const kindOf = ({ result }: ClientOutcome): string => (result.ok ? result.value.finds : result.failure.kind);

function standing(memory: ClientEyeMemory, outcome: ClientOutcome, finding: ClientFinding): ClientEyeMemory {
  const same = memory.last !== null && memory.finding === finding && serverOf(memory.last) === serverOf(outcome);
  return {
    ...memory,
    last: outcome,
    recent: outcome.result.ok ? [...memory.recent, tookOf(outcome)].slice(-RECENT_MAX) : memory.recent,
    finding,
    since: same ? memory.since : outcome.at,
    inRow: memory.last !== null && memory.finding === finding ? memory.inRow + 1 : 1,
  };
}

const tookOf = ({ at, tookMs }: ClientOutcome) => ({ at, tookMs });

/** The fingerprint of the server that answered; null where none did. */
export const serverOf = ({ result }: ClientOutcome): string | null =>
  result.ok ? result.value.postmasterStartTime : null;

function writableAgain({ gap, lastGap }: ClientEyeMemory, outcome: ClientOutcome): Partial<ClientEyeMemory> {
  const server = serverOf(outcome) ?? "";
  const writable = { startedAt: outcome.startedAt, at: outcome.at, server };
  const closed = gap && { ...gap, endedAt: Math.max(gap.startedAt, outcome.at), to: server };
  return { writable, gap: null, lastGap: closed ?? lastGap };
}

function notWritable({ gap, writable }: ClientEyeMemory, kind: string): Partial<ClientEyeMemory> {
  if (gap) {
    const failures = { ...gap.failures, [kind]: (gap.failures[kind] ?? 0) + 1 };
    return { gap: { ...gap, attempts: gap.attempts + 1, failures } };
  }
  if (writable === null) return {};
  return { gap: { startedAt: writable.at, attempts: 1, failures: { [kind]: 1 }, from: writable.server } };
}

/** Nobody can look: what comes after is measured from then on only, and a gap that lasted is over as far as we know. */
function blind({ gap }: ClientEyeMemory, seen: ClientEyeMemory, { at }: ClientOutcome): Partial<ClientEyeMemory> {
  if (gap === null) return { writable: null };
  const since = seen.since ?? at;
  if (at - since < BLIND_AFTER_MS) return {};
  return { writable: null, gap: null, lastGap: { ...gap, endedAt: Math.max(gap.startedAt, since), to: null } };
}
