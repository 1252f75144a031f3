import { describe, expect, test } from "vitest";
import type { ClusterState } from "@/lib/domain/cluster-state";
import type { WriteGap } from "@/lib/domain/events/event";
import { healthyState, NOW, patchPatroni, patchPostgres } from "@/lib/domain/testing/builders";
import { eyeSees, finds } from "@/lib/domain/testing/client-eye";
import { tellGaps } from "./client-eye-gaps";

type Step = readonly [found: Parameters<typeof eyeSees>[1], at: number];

/** What is told of looks at these times after a healthy beginning. */
function tell(...steps: Step[]): WriteGap[] {
  const told: WriteGap[] = [];
  const teller = tellGaps((gap) => told.push(gap));
  let state: ClusterState = healthyState({ clientEye: true });
  for (const [found, at] of steps) {
    const before = state.clientEye?.memory;
    state = eyeSees(state, found, 1, NOW + at);
    if (before) teller.follow(state, before, NOW + at);
  }
  return told;
}

const brief = (gaps: readonly WriteGap[]) =>
  gaps.map((gap) => [gap.endedAt && Date.parse(gap.endedAt) - NOW - 1, gap.from, gap.to]);

describe("what the record is told of gaps", () => {
  test("nothing while there is none", () => {
    expect(tell([finds(0), 250], [finds(0), 500])).toEqual([]);
  });

  test("its end with the name of the server that took over", () => {
    expect(brief(tell(["reset", 250], ["reset", 350], [finds(1), 450], [finds(1), 700]))).toEqual([
      [null, "node1", null],
      [450, "node1", "node2"],
    ]);
  });

  test("no more than once a second while it lasts", () => {
    const told = tell(...Array.from({ length: 30 }, (_, i): Step => ["refused", 250 + 100 * i]));
    expect(told.map((gap) => gap.attempts)).toEqual([1, 11, 21]);
  });

  test("the server before it keeps its name, though it comes back with another start time", () => {
    const told: WriteGap[] = [];
    const teller = tellGaps((gap) => told.push(gap));
    const well = healthyState({ clientEye: true });
    const out = eyeSees(well, "reset", 1, NOW + 250);
    if (well.clientEye) teller.follow(out, well.clientEye.memory, NOW + 250);
    const anew = { postmasterStartTime: "2026-11-21 03:00:01.000000+00:00" };
    const back = patchPatroni(patchPostgres(out, "node1", anew), "node1", anew);
    const over = eyeSees(back, finds(1), 1, NOW + 350);
    if (back.clientEye) teller.follow(over, back.clientEye.memory, NOW + 350);
    expect(brief(told).at(-1)).toEqual([350, "node1", "node2"]);
  });

  test("the end waits for a name that is not known yet, and not for ever", () => {
    const unnamed = tell(["reset", 250], [finds(7), 350], [finds(7), 5_000]);
    expect(brief(unnamed)).toEqual([[null, "node1", null]]);
    const late = tell(["reset", 250], [finds(7), 350], [finds(7), 5_000], [finds(7), 5_400], [finds(7), 5_650]);
    expect(brief(late)).toEqual([
      [null, "node1", null],
      [350, "node1", null],
    ]);
  });

  test("a gap without a name is told before the next one begins", () => {
    const told = tell(["reset", 250], [finds(7), 350], ["reset", 600], [finds(0), 700]);
    expect(brief(told)).toEqual([
      [null, "node1", null],
      [350, "node1", null],
      [null, null, null],
      [700, null, "node1"],
    ]);
  });
});
