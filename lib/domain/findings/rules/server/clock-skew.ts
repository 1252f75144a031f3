import type { MemberName } from "../../../ids";
import { type Message, message } from "../../../message";
import type { FindingDraft, FindingRule } from "../../rule";
import { CLUSTER, ofMember } from "../../subject";
import { byVitals, freshVitals } from "./fresh-vitals";

/** A clock that is being set is right a moment later. */
const HOLD_MS = 20_000;

/** By how much a server's clock is ahead of ours, in ms: somewhere between, as the answer was on its way for a while. */
type Offset = { readonly name: MemberName; readonly low: number; readonly high: number };

/**
 * The servers' clocks against ours, and against each other. Only what is certain counts: how long the look took is given to the clock.
 * Where all of two or more servers differ from us in the same way, it is our own clock that is wrong. No runbook: clocks are set by the
 * host's own service, and nothing of the cluster is touched.
 */
export const clockSkew: FindingRule = {
  id: "clock-skew",
  group: "server",
  runbook: null,
  find(input) {
    const limit = input.limits.clockSkewMs;
    const offsets = freshVitals(input).map(({ name, vitals, at, tookMs }): Offset => {
      const difference = Date.parse(vitals.serverTime) - at;
      return { name, low: difference, high: difference + tookMs };
    });
    const ahead = offsets.filter(({ low }) => low > limit);
    const behind = offsets.filter(({ high }) => high < -limit);
    for (const side of [ahead, behind]) {
      if (offsets.length > 1 && side.length === offsets.length && !spread(side, limit))
        return [ofOurs(side, side === ahead)];
    }
    if (ahead.length + behind.length > 0) {
      return [
        ...ahead.map((one) => ofServer(one, one.low, true)),
        ...behind.map((one) => ofServer(one, -one.high, false)),
      ];
    }
    const apart = spread(offsets, limit);
    return apart ? [ofPair(apart)] : [];
  },
};

type Pair = { readonly slow: Offset; readonly fast: Offset };

/** The two that are furthest apart, when that is more than the limit for certain. */
function spread(offsets: readonly Offset[], limit: number): Pair | null {
  const slow = offsets.toSorted((a, b) => a.high - b.high)[0];
  const fast = offsets.toSorted((a, b) => b.low - a.low)[0];
  return slow && fast && fast.low - slow.high > limit ? { slow, fast } : null;
}

function ofServer({ name }: Offset, ms: number, ahead: boolean): FindingDraft {
  const text = message("finding.clock-skew.text", { of: "server", member: name, other: "", ...amount(ms, ahead) });
  return draft([name], text, ofMember(name));
}

function ofOurs(side: readonly Offset[], ahead: boolean): FindingDraft {
  const ms = Math.min(...side.map(({ low, high }) => (ahead ? low : -high)));
  // The servers are ahead of us: we are behind.
  const text = message("finding.clock-skew.text", { of: "ours", member: "", other: "", ...amount(ms, !ahead) });
  return {
    ...draft(
      side.map(({ name }) => name),
      text,
      CLUSTER,
    ),
    key: "ours",
  };
}

function ofPair({ slow, fast }: Pair): FindingDraft {
  const by = amount(fast.low - slow.high, true);
  const text = message("finding.clock-skew.text", { of: "pair", member: fast.name, other: slow.name, ...by });
  return { ...draft([fast.name, slow.name], text, CLUSTER), key: "apart" };
}

const draft = (names: readonly MemberName[], text: Message, subject: FindingDraft["subject"]): FindingDraft => ({
  severity: "warn",
  subject,
  text,
  evidence: names.flatMap((name) => byVitals(name, text)),
  holdMs: HOLD_MS,
});

/** Whole seconds, from two minutes on whole minutes: more would change with each look. */
function amount(ms: number, ahead: boolean) {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  const long = seconds >= 120;
  return {
    amount: long ? Math.round(seconds / 60) : seconds,
    unit: long ? "minutes" : "seconds",
    way: ahead ? "ahead" : "behind",
  };
}
