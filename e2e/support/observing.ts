import { expect } from "@playwright/test";
import type { Truth } from "@/lab/index";
import { agrees, tell } from "./agreement";
import type { Dashboard } from "./dashboard";
import { inShort, judge, tellLies } from "./honesty/honesty";
import { rememberLies } from "./lies";
import { brief, type StreamRecorder } from "./stream-recorder";
import { startTruthLog, type TruthLog } from "./truth-log";
import { until } from "./until";

/** Between two samples of the truth that are further apart than this, in ms, a lie could hide. */
const BLIND_MS_MAX = 2_000;

/** The page's stream and the hosts' own word, recorded side by side. */
export type Observing = {
  readonly recorder: StreamRecorder;
  readonly truth: TruthLog;
  /** Waits until the newest picture and the newest truth agree in everything, and `when` holds of that truth. */
  agree(options: {
    readonly deadlineMs: number;
    readonly what: string;
    readonly when?: (truth: Truth) => boolean;
  }): Promise<Truth>;
  /** Ends both recordings and asserts that no picture ever said what was not so. Prints what was compared. */
  assertHonest(what: string): Promise<void>;
  stop(): void;
};

/** Starts both recordings; resolves when the truth has begun and the first picture has come. */
export async function observe(dashboard: Dashboard): Promise<Observing> {
  const truth = startTruthLog();
  await until(() => truth.samples[0], { deadlineMs: 10_000, what: "a first sample of the truth" });
  const recorder = dashboard.record();
  await recorder.waitFor(() => true, { deadlineMs: 10_000, what: "a first picture" });
  const stop = () => {
    recorder.stop();
    truth.stop();
  };
  return {
    recorder,
    truth,
    stop,
    agree: ({ deadlineMs, what, when }) => waitForAgreement(recorder, truth, deadlineMs, what, when),
    async assertHonest(what) {
      recorder.stop();
      const end = Date.now();
      await until(() => truth.samples.find((sample) => sample.at > end), { deadlineMs: 5_000, what: "a last sample" });
      truth.stop();
      const judgement = judge(recorder.frames, truth.samples, recorder.outages);
      const { lies, judged, undecided, outside } = judgement;
      console.log(
        `${what}: ${recorder.frames.length} pictures, ${judged} claims compared with ${truth.samples.length} samples of the ` +
          `truth (at most ${truth.longestGapMs()} ms apart), ${undecided} undecided, ${outside} at the edges, ${lies.length} false`,
      );
      rememberLies(what, tellLies(lies));
      expect(tellLies(lies), "the page said what was not so").toEqual([]);
      expect(recorder.problems, "the stream was sound").toEqual([]);
      expect(judged).toBeGreaterThan(undecided);
      expect(truth.longestGapMs()).toBeLessThan(BLIND_MS_MAX);
    },
  };
}

async function waitForAgreement(
  recorder: StreamRecorder,
  truth: TruthLog,
  deadlineMs: number,
  what: string,
  when: (truth: Truth) => boolean = () => true,
): Promise<Truth> {
  const differences = () => {
    const picture = recorder.latest()?.snapshot;
    const sample = truth.samples.at(-1)?.truth;
    return picture && sample ? { found: tell(agrees(picture, sample)), sample } : null;
  };
  const ask = () => {
    const now = differences();
    return now && now.found.length === 0 && when(now.sample) ? now.sample : undefined;
  };
  const seen = () => {
    const now = differences();
    return { differences: now?.found, truth: now && inShort(now.sample), page: brief(recorder.latest()?.snapshot) };
  };
  return until(ask, { deadlineMs, what, seen });
}
