import type { ClusterState } from "@/lib/domain/cluster-state";
import type { EpochMs } from "@/lib/domain/ids";
import type { Look, SourceFailure } from "@/lib/domain/observation";
import type { Snapshot } from "@/lib/domain/snapshot";
import type { Beat } from "./beat";

/** What is known after everything that an action rests on was asked once more. */
export type LookedAgain = { readonly state: ClusterState; readonly snapshot: Omit<Snapshot, "version"> };

/** Clocks of two kinds are compared: the moment of an answer is rounded, and so is how long it took. */
const ROUNDING_MS = 5;

/**
 * Asks everything once more and waits for all of it, at most `withinMs`. True when the DCS was read anew in that time; the other answers
 * tell by themselves when they were had.
 */
export async function askAgain(dcs: Promise<void>, beats: readonly Beat[], withinMs: number): Promise<boolean> {
  let proven = false;
  let timer: NodeJS.Timeout | undefined;
  const read = dcs.then(() => {
    proven = true;
  });
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, withinMs);
  });
  await Promise.race([Promise.all([read, ...beats.map((beat) => beat.once())]), late]);
  clearTimeout(timer);
  return proven;
}

/**
 * The state for someone who asked at `since`: what was not answered since then is stale at once, however young it is, because whoever
 * does not answer now may be anything by now. What is measured once a minute or of its own accord is left as it is.
 */
export function asOf(state: ClusterState, since: EpochMs, now: EpochMs, dcsProven: boolean): ClusterState {
  const look = <T>(one: Look<T>): Look<T> => (answeredSince(one, since) ? one : overtaken(one, now));
  const room = <T>(looks: Readonly<Record<string, Look<T>>>): Readonly<Record<string, Look<T>>> =>
    Object.fromEntries(Object.entries(looks).map(([target, one]) => [target, look(one)]));
  return {
    ...state,
    dcs: dcsProven ? look(state.dcs) : overtaken(state.dcs, now),
    dcsMembers: room(state.dcsMembers),
    patroni: room(state.patroni),
    postgres: room(state.postgres),
    pgbouncer: room(state.pgbouncer),
    haproxy: room(state.haproxy),
    vip: state.vip && look(state.vip),
  };
}

const answeredSince = ({ good }: Look<unknown>, since: EpochMs): boolean =>
  good !== null && good.at - good.tookMs >= since - ROUNDING_MS;

function overtaken<T>(look: Look<T>, now: EpochMs): Look<T> {
  // A failure that disproves the last answer says more than that there was none.
  const said = look.last?.failure ?? null;
  const failure = said !== null && said.kind !== "timeout" && said.kind !== "aborted" ? said : NO_ANSWER;
  return { ...look, last: { at: now, tookMs: look.last?.tookMs ?? 0, failure } };
}

const NO_ANSWER: SourceFailure = { kind: "unreachable", text: "no answer since it was asked again" };
