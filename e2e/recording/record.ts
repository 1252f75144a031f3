import { SCOPE } from "@/lab/index";
import type { Repair } from "../matrix/fault";
import { openScene } from "../matrix/scene";
import { apiOf } from "../support/api";
import type { Dashboard } from "../support/dashboard";
import type { StreamRecorder } from "../support/stream-recorder";
import type { Moment, Recording } from "./recording";
import type { Shelf } from "./shelf";

const WITHIN_MS = 45_000;
const CALM_MS = 60_000;

/** What came of one recording: what was kept, and what was waited for in vain. */
export type Recorded = {
  readonly kept: readonly string[];
  readonly missed: readonly { readonly name: string; readonly why: string }[];
};

/**
 * Carries one recording through on a settled lab, and keeps its moments as the stream showed them. A moment that did not come, as a
 * transition that passed between two looks, is told and does not end the rest.
 */
export async function record(
  { moments, inject }: Recording,
  dashboard: Dashboard,
  recorder: StreamRecorder,
  shelf: Shelf,
): Promise<Recorded> {
  const scene = await openScene();
  const stage = { ...scene, dashboard, api: apiOf(dashboard) };
  const first = (moment: Moment, after: number) => {
    const { when, withinMs = WITHIN_MS, name } = moment;
    return recorder.waitFor((snapshot) => when(snapshot, scene), { deadlineMs: withinMs, what: name, after });
  };
  const kept: string[] = [];
  const missed: { name: string; why: string }[] = [];
  const repairs: Repair[] = [];
  try {
    await recorder.waitFor(({ leader, writePath }) => leader?.name === scene.leader && writePath.state === "ok", {
      deadlineMs: CALM_MS,
      what: `${SCOPE} to be well`,
      after: Date.now(),
    });
    let after = Date.now();
    repairs.push(await inject(stage));
    for (const moment of moments) {
      const { name, what } = moment;
      try {
        await moment.first?.(stage, (repair) => repairs.unshift(repair));
        const found = await first(moment, after);
        // The next is of a moment of its own.
        after = found.arrivedAt + 1;
        shelf.put({ name, what, snapshot: found.snapshot });
        kept.push(name);
      } catch (error) {
        missed.push({ name, why: reasonOf(error) });
      }
    }
  } catch (error) {
    missed.push({ name: "the rest", why: reasonOf(error) });
  } finally {
    // Whatever one of them leaves undone, the next scene puts right.
    for (const repair of repairs) await repair().catch(() => undefined);
    await scene.end();
  }
  return { kept, missed };
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
