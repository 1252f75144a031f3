import type { ClusterState } from "../cluster-state";
import { type EpochMs, instant, type MemberName } from "../ids";
import { type Message, message, selector } from "../message";
import { STALE_AFTER_INTERVALS } from "../observation";
import { type ClientEyeMemory, serverOf } from "./fold";
import { CLIENT_EYE_BEAT_MS } from "./outcome";
import { memberStartedAt } from "./servers";
import type { ClientEyeView } from "./types";

/** The client's eye as shown at `now`; null where it is not configured. */
export function viewClientEye(state: ClusterState, now: EpochMs): ClientEyeView | null {
  const { spec, clientEye } = state;
  if (!spec.clientEye || !clientEye) return null;
  const { memory } = clientEye;
  const { last, gap, lastGap } = memory;
  const stale = last !== null && now - last.at > STALE_AFTER_INTERVALS * CLIENT_EYE_BEAT_MS && !restsUntilLater(memory);
  const shown = stale ? "stale" : memory.finding;
  const member = last && memberStartedAt(state, serverOf(last));
  return {
    ...spec.clientEye,
    state: shown,
    confirmed: !stale && memory.inRow > 1,
    member,
    since: memory.since === null ? null : instant(memory.since),
    latencyMs: last?.tookMs ?? null,
    at: last && instant(last.at),
    currentGap: gap && { startedAt: instant(gap.startedAt), attempts: gap.attempts },
    lastGap: lastGap && {
      startedAt: instant(lastGap.startedAt),
      endedAt: instant(lastGap.endedAt),
      lengthMs: lastGap.endedAt - lastGap.startedAt,
    },
    trust: shown === "stale" || shown === "unknown" ? shown : "fresh",
    text: textOf(shown, memory, member, spec.clientEye.address),
  };
}

/** A refusal is not asked again four times a second, so its age tells nothing. */
const restsUntilLater = ({ finding }: ClientEyeMemory): boolean => finding === "unknown";

function textOf(
  shown: ClientEyeView["state"],
  { last }: ClientEyeMemory,
  member: MemberName | null,
  address: string,
): Message {
  const failure = last && !last.result.ok ? selector(last.result.failure.kind) : "none";
  switch (shown) {
    case "writable":
      return member ? message("domain.client-eye.writable", { member }) : message("domain.client-eye.writable-unknown");
    case "read-only":
      return member
        ? message("domain.client-eye.read-only", { member })
        : message("domain.client-eye.read-only-unknown");
    case "failing":
      return message("domain.client-eye.failing", { address, failure });
    case "unknown":
      return message("domain.client-eye.unknown", { failure });
    case "stale":
      return message("domain.client-eye.stale");
  }
}
