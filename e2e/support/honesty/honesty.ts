import type { Truth } from "@/lab/truth-types";
import type { Recorded } from "../stream-recorder";
import type { TruthSample } from "../truth-log";
import { type Claim, claimsOf } from "./claims";
import { ageViolations } from "./freshness";
import { followTook } from "./took";
import { around, beyondSilence, mendLeaderKey } from "./truth-line";

/** One thing that the page said and that was never so while its evidence held. Times in ms since 1970. */
export type Lie = {
  readonly version: number;
  readonly arrivedAt: number;
  readonly says: string;
  readonly from: number;
  /** What the hosts said meanwhile, briefly, sample by sample. */
  readonly truth: readonly string[];
};

export type Judgement = {
  readonly lies: readonly Lie[];
  /** Claims that were compared with at least one deciding answer of the hosts. */
  readonly judged: number;
  /** Claims about times of which the hosts gave no deciding answer. */
  readonly undecided: number;
  /** Claims about times that the log does not reach around. */
  readonly outside: number;
};

export type Outage = { readonly from: number; readonly to: number };

/**
 * Compares each recorded picture with the truth's log. The log must have begun before the recording and ended after it:
 * pictures at either end that it does not reach around are left out.
 */
export function judge(
  frames: readonly Recorded[],
  log: readonly TruthSample[],
  outages: readonly Outage[] = [],
): Judgement {
  const samples = mendLeaderKey(log);
  const lies: Lie[] = [];
  let judged = 0;
  let undecided = 0;
  let outside = 0;
  const took = followTook();
  frames.forEach((frame, index) => {
    for (const claim of claimsOf(frame.snapshot, took(frame.snapshot))) {
      const seen = around(samples, claim.from, frame.arrivedAt);
      if (!seen) {
        outside += 1;
        continue;
      }
      const answers = seen.map((sample) => claim.holds(sample.truth)).filter((answer) => answer !== null);
      if (answers.length === 0) undecided += 1;
      else judged += 1;
      if (answers.length === 0 || answers.includes(true) || provenBetween(claim, seen)) continue;
      const beyond = beyondSilence(samples, seen, (sample) => claim.holds(sample.truth) !== null);
      if (!beyond.some((sample) => claim.holds(sample.truth))) lies.push(lie(frame, claim, seen));
    }
    for (const says of ageViolations(frame.snapshot, shownUntil(frames, index, outages))) {
      lies.push({
        version: frame.snapshot.version,
        arrivedAt: frame.arrivedAt,
        says,
        from: frame.arrivedAt,
        truth: [],
      });
    }
  });
  return { lies, judged, undecided, outside };
}

/** What the hosts were asked a few times a second may have come and gone between two answers. */
function provenBetween({ between }: Claim, seen: readonly TruthSample[]): boolean {
  return seen.some(({ truth }, index) => {
    const next = seen[index + 1];
    return between !== undefined && next !== undefined && between(truth, next.truth);
  });
}

/** When the next picture came, or when the connection broke: after that the page shows its own warning. */
function shownUntil(frames: readonly Recorded[], index: number, outages: readonly Outage[]): number {
  const here = frames[index]?.arrivedAt ?? 0;
  const next = frames[index + 1]?.arrivedAt ?? here;
  const broken = outages.filter((outage) => outage.from >= here).map((outage) => outage.from);
  return Math.min(next, ...broken);
}

function lie({ snapshot, arrivedAt }: Recorded, claim: Claim, seen: readonly TruthSample[]): Lie {
  return {
    version: snapshot.version,
    arrivedAt,
    says: claim.says,
    from: claim.from,
    truth: seen.map((sample) => `${sample.truth.at}: ${inShort(sample.truth)}`),
  };
}

/** One truth sample on one line. */
export function inShort(truth: Truth): string {
  const hosts = Object.entries(truth.hosts).map(([name, host]) => {
    const up = (pool: Readonly<Record<string, string>>) =>
      Object.entries(pool)
        .map(([server, status]) => `${server} ${status}`)
        .join(", ");
    const pools =
      host.haproxy === null ? "HAProxy silent" : `write [${up(host.haproxy.write)}] read [${up(host.haproxy.read)}]`;
    const postgres =
      host.inRecovery === null ? `no answer (${host.services.postgres})` : host.inRecovery ? "in recovery" : "writable";
    return `${name}${host.reachable ? "" : " (cut)"} ${postgres} timeline ${host.timeline}${host.vip ? " VIP" : ""} ${pools}`;
  });
  return `key ${truth.leaderKey ?? "none"} · ${hosts.join(" · ")}`;
}

/** The lies in words, the first of each kind in full: one fault makes many pictures say the same. */
export function tellLies(lies: readonly Lie[]): string[] {
  const kinds = new Map<string, Lie[]>();
  for (const one of lies) {
    const kind = one.says.replace(/\d+ ms/g, "… ms");
    kinds.set(kind, [...(kinds.get(kind) ?? []), one]);
  }
  return [...kinds.values()].map((same) => {
    const [first] = same;
    if (!first) return "";
    const span = `${new Date(first.from).toISOString()} – ${new Date(first.arrivedAt).toISOString()}`;
    return [`v${first.version}, ${same.length} times, first ${span}: "${first.says}"`, ...ends(first.truth)].join(
      "\n    ",
    );
  });
}

const SAMPLES_TOLD = 4;

/** The first and the last of many lines. */
function ends(lines: readonly string[]): string[] {
  if (lines.length <= SAMPLES_TOLD) return [...lines];
  return [
    ...lines.slice(0, SAMPLES_TOLD / 2),
    `(${lines.length - SAMPLES_TOLD} more)`,
    ...lines.slice(-SAMPLES_TOLD / 2),
  ];
}
