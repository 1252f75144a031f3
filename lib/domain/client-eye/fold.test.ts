import { describe, expect, test } from "vitest";
import type { FailureKind } from "../observation";
import { clientOutcome, finds } from "../testing/client-eye";
import { startedAt } from "../testing/facts";
import { BLIND_AFTER_MS, type ClientEyeMemory, foldOutcome, NOTHING_SEEN } from "./fold";
import type { ClientOutcome } from "./outcome";

type Told = readonly [at: number, found: "w0" | "w1" | "ro" | FailureKind, order?: number];

const T0 = 1_000_000;

/** `w0`, `w1`: writable, by the first or second server; looks begin in the order in which they are told unless it is given. */
function outcome([at, found, order]: Told): ClientOutcome {
  const known = { w0: finds(0), w1: finds(1), ro: finds(1, "read-only") } as const;
  const answer = found === "w0" || found === "w1" || found === "ro" ? known[found] : found;
  return { ...clientOutcome(answer, T0 + at), order: order ?? at };
}

const after = (...told: Told[]): ClientEyeMemory => told.map(outcome).reduce(foldOutcome, NOTHING_SEEN);
const brief = ({ gap, lastGap }: ClientEyeMemory) => ({
  gap: gap && [gap.startedAt - T0, gap.attempts, gap.failures],
  last: lastGap && [lastGap.startedAt - T0, lastGap.endedAt - T0, lastGap.attempts, lastGap.failures],
});

const cases: readonly { name: string; told: readonly Told[]; gap?: unknown; last?: unknown }[] = [
  {
    name: "no gap while every look is answered",
    told: [
      [0, "w0"],
      [250, "w0"],
      [500, "w0"],
    ],
  },
  {
    name: "a slow answer is none",
    told: [
      [0, "w0"],
      [1_900, "w0"],
    ],
  },
  {
    name: "a server that changed between two looks without a failed one is none",
    told: [
      [0, "w0"],
      [250, "w1"],
    ],
  },
  {
    name: "a dashboard that starts in an outage saw no gap begin",
    told: [
      [0, "refused"],
      [250, "refused"],
      [500, "w0"],
    ],
  },
  {
    name: "a dashboard that starts on a read-only server neither",
    told: [
      [0, "ro"],
      [250, "w0"],
    ],
  },
  {
    name: "it begins at the last writable answer and lasts",
    told: [
      [0, "w0"],
      [250, "refused"],
      [350, "timeout"],
    ],
    gap: [0, 2, { refused: 1, timeout: 1 }],
  },
  {
    name: "it ends at the first writable answer after it",
    told: [
      [0, "w0"],
      [250, "w0"],
      [500, "reset"],
      [600, "reset"],
      [702, "w1"],
      [950, "w1"],
    ],
    last: [250, 702, 2, { reset: 2 }],
  },
  {
    name: "a read-only server is as bad as none",
    told: [
      [0, "w0"],
      [250, "ro"],
      [350, "ro"],
      [450, "w1"],
    ],
    last: [0, 450, 2, { "read-only": 2 }],
  },
  {
    name: "two outages are two gaps, and the last is told",
    told: [
      [0, "w0"],
      [250, "refused"],
      [350, "w0"],
      [600, "timeout"],
      [700, "w1"],
    ],
    last: [350, 700, 1, { timeout: 1 }],
  },
  {
    name: "a failure that a later look has overtaken is none",
    told: [
      [0, "w0"],
      [500, "w0", 500],
      [1_250, "timeout", 250],
      [1_300, "w0"],
    ],
  },
  {
    name: "a success that began before the failure does not end the gap",
    told: [
      [0, "w0"],
      [502, "refused", 500],
      [600, "w0", 250],
      [750, "w1"],
    ],
    last: [0, 750, 1, { refused: 1 }],
  },
  {
    name: "looks that hang end in the order in which they began",
    told: [
      [0, "w0"],
      [1_250, "unreachable", 250],
      [1_500, "unreachable", 500],
      [1_504, "w1", 1_500],
      [1_750, "unreachable", 750],
    ],
    last: [0, 1_504, 2, { unreachable: 2 }],
  },
  {
    name: "a refused password is no outage",
    told: [
      [0, "w0"],
      [250, "unauthorized"],
      [750, "unauthorized"],
    ],
  },
  {
    name: "and what follows it is not measured from before it",
    told: [
      [0, "w0"],
      [250, "unauthorized"],
      [60_000, "refused"],
      [60_100, "w0"],
    ],
  },
  {
    name: "a single refusal in the middle of a failover ends nothing",
    told: [
      [0, "w0"],
      [250, "reset"],
      [350, "unauthorized"],
      [850, "reset"],
      [950, "w1"],
    ],
    last: [0, 950, 2, { reset: 2 }],
  },
  {
    name: "a gap is followed no further once nobody can look",
    told: [
      [0, "w0"],
      [250, "reset"],
      [350, "unauthorized"],
      [350 + BLIND_AFTER_MS, "unauthorized"],
    ],
    last: [0, 350, 1, { reset: 1 }],
  },
  {
    name: "a look that was cut short by ourselves tells nothing",
    told: [
      [0, "w0"],
      [250, "aborted"],
      [500, "w0"],
    ],
  },
];

describe("write gaps", () => {
  test.each(cases)("$name", ({ told, gap = null, last = null }) => {
    expect(brief(after(...told))).toEqual({ gap, last });
  });

  test("know the servers on either side by their start times", () => {
    const { lastGap } = after([0, "w0"], [250, "reset"], [350, "w1"]);
    expect(lastGap).toMatchObject({ from: startedAt(0), to: startedAt(1) });
    const blind = after([0, "w0"], [250, "reset"], [350, "tls"], [6_000, "tls"]);
    expect(blind.lastGap).toMatchObject({ from: startedAt(0), to: null });
  });

  test("are never of negative length, though a clock was set back", () => {
    const told = [outcome([0, "w0"]), outcome([250, "refused"]), { ...outcome([-3_600_000, "w0"]), order: 500 }];
    const { lastGap } = told.reduce(foldOutcome, NOTHING_SEEN);
    expect((lastGap?.endedAt ?? 0) - (lastGap?.startedAt ?? 0)).toBe(0);
  });
});

describe("what it finds now", () => {
  test.each([
    { name: "nothing before the first look", told: [], finding: "unknown", inRow: 0, since: null },
    {
      name: "the same since it began",
      told: [
        [0, "w0"],
        [250, "w0"],
      ],
      finding: "writable",
      inRow: 2,
      since: 0,
    },
    {
      name: "another server is something else",
      told: [
        [0, "w0"],
        [250, "w1"],
      ],
      finding: "writable",
      inRow: 2,
      since: 250,
    },
    {
      name: "failures of all kinds are one",
      told: [
        [0, "reset"],
        [250, "timeout"],
      ],
      finding: "failing",
      inRow: 2,
      since: 0,
    },
    {
      name: "a failure after an answer counts anew",
      told: [
        [0, "w0"],
        [250, "reset"],
      ],
      finding: "failing",
      inRow: 1,
      since: 250,
    },
    { name: "too many connections is felt by clients", told: [[0, "failed"]], finding: "failing", inRow: 1, since: 0 },
    { name: "a refused login is not", told: [[0, "unauthorized"]], finding: "unknown", inRow: 1, since: 0 },
  ] as { name: string; told: Told[]; finding: string; inRow: number; since: number | null }[])(
    "$name",
    ({ told, finding, inRow, since }) => {
      const seen = after(...told);
      expect([seen.finding, seen.inRow, seen.since && seen.since - T0]).toEqual([finding, inRow, since]);
    },
  );
});
