import { foldOutcome, NOTHING_SEEN } from "../client-eye/fold";
import { CLIENT_EYE_BEAT_MS, type ClientAnswer, type ClientOutcome } from "../client-eye/outcome";
import type { ClusterState } from "../cluster-state";
import type { EpochMs } from "../ids";
import { emptyLook, type FailureKind, fail, ok, remember } from "../observation";
import { startedAt } from "./facts";

/** What the client's eye met, for states of tests and samples. */

type Eye = NonNullable<ClusterState["clientEye"]>;

/** Two looks at the server of the member at that index, the last one at `now`. */
export function healthyEye(address: string, index: number, now: EpochMs): Eye {
  const empty = { look: emptyLook<ClientOutcome>("client-eye", address, CLIENT_EYE_BEAT_MS), memory: NOTHING_SEEN };
  return [now - 250, now].reduce((eye, at) => withOutcome(eye, clientOutcome(finds(index), at)), empty);
}

/** The server of the member at that index answered. */
export const finds = (index: number, what: ClientAnswer["finds"] = "writable"): ClientAnswer => ({
  finds: what,
  postmasterStartTime: startedAt(index),
  connectMs: 2.1,
});

/** A look that ended at `at`, after 3 ms, and began in that order. */
export const clientOutcome = (found: ClientAnswer | FailureKind, at: EpochMs): ClientOutcome => ({
  order: at,
  startedAt: at - 3,
  at,
  tookMs: 3,
  result: typeof found === "string" ? fail(found, found) : ok(found),
});

function withOutcome({ look, memory }: Eye, outcome: ClientOutcome): Eye {
  const seen = { source: look.source, target: look.target, observedAt: outcome.at, tookMs: 3, result: ok(outcome) };
  return { look: remember(look, seen), memory: foldOutcome(memory, outcome) };
}

/** Further looks of the client's eye, 250 ms apart, the last one at `at`. */
export function eyeSees(
  state: ClusterState,
  found: ClientAnswer | FailureKind,
  looks = 2,
  at: EpochMs = state.dcs.last?.at ?? 0,
): ClusterState {
  const { clientEye } = state;
  if (!clientEye) return state;
  const times = Array.from({ length: looks }, (_, i) => at + 1 - (looks - 1 - i) * 250);
  // Looks are numbered as they begin; these all begin after what was seen before.
  const from = clientEye.memory.last?.order ?? 0;
  const seen = times.map((time, i) => ({ ...clientOutcome(found, time), order: from + 1 + i }));
  return { ...state, clientEye: seen.reduce(withOutcome, clientEye) };
}
